"""What a device is called, so that people recognise their own: the browser and the system, nothing finer."""

# The first that is found counts: most browsers also name those that they descend from.
BROWSERS = (
    ("edg", "Edge"),
    ("opr/", "Opera"),
    ("samsungbrowser", "Samsung Internet"),
    ("firefox", "Firefox"),
    ("fxios", "Firefox"),
    ("crios", "Chrome"),
    ("chrome", "Chrome"),
    ("safari", "Safari"),
)
SYSTEMS = (
    ("iphone", "iPhone"),
    ("ipad", "iPad"),
    ("android", "Android"),
    ("windows", "Windows"),
    ("macintosh", "Mac"),
    ("cros", "Chromebook"),
    ("linux", "Linux"),
)
IN_THE_HAND = ("iPhone", "iPad", "Android")


def recognised(user_agent: str) -> tuple[str, str]:
    """The browser and the system that a browser says it is; empty for what nobody knows."""
    said = user_agent.lower()
    return _first(BROWSERS, said), _first(SYSTEMS, said)


def _first(names: tuple[tuple[str, str], ...], said: str) -> str:
    return next((name for part, name in names if part in said), "")
