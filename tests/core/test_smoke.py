def test_today(browse):
    assert browse("hilde").get("/").status == 200
