def test_today(browse):
    page = browse("hilde").get("/")
    assert page.status == 200
def test_404(browse):
    page = browse("hilde").get("/nergens")
    assert page.status == 404
    page = browse("guest").get("/")
    assert page.status == 303
    page = browse("hilde").post("/taal", {"lang":"en","csrf_token":"x", "next": "/meer"})
    assert page.status == 400
    assert "Send it once more" in page.text
    page = browse("guest").post("/afmelden")
    assert page.status==303
