"""What every answer carries to keep visitors safe, and which requests are turned away at the door."""

from collections.abc import Callable
from wsgiref.headers import Headers

from flask import Flask, Response, abort, request

from webapp.web.assets import is_hashed

CSP_PAGE = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
    "manifest-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'; object-src 'none'; "
    "report-uri /csp-report"
)
CSP_DOWNLOAD = "default-src 'none'; frame-ancestors 'none'; sandbox"

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=(), display-capture=()",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
}
HSTS = "max-age=31536000; includeSubDomains"
KEPT = "max-age=31536000, immutable"
UNSAFE = ("POST", "PUT", "PATCH", "DELETE")


def as_download(response: Response, filename: str) -> Response:
    """Mark an answer as a file that is saved, never shown in our pages."""
    response.headers.set("Content-Disposition", "attachment", filename=filename)
    response.headers["Content-Security-Policy"] = CSP_DOWNLOAD
    return response


def as_picture(data: bytes) -> Response:
    """A picture that we drew ourselves, to be shown in a page; 404 when there is none."""
    if not data:
        abort(404)
    response = Response(data, content_type="image/jpeg")
    response.headers["Content-Security-Policy"] = CSP_DOWNLOAD
    return response


def harden_files(*, secure: bool) -> Callable[[Headers, str, str], None]:
    """The headers of static files, which no view of ours answers: those of a page, and to be kept for a year."""
    wanted = {**HEADERS, "Content-Security-Policy": CSP_PAGE} | ({"Strict-Transport-Security": HSTS} if secure else {})

    def harden(file_headers: Headers, _path: str, url: str) -> None:
        for name, value in wanted.items():
            file_headers[name] = value
        if is_hashed(url):
            file_headers["Cache-Control"] = KEPT

    return harden


def is_foreign() -> bool:
    """Whether the browser says that another site sent this request. A link from elsewhere to a page is welcome."""
    site = request.headers.get("Sec-Fetch-Site", "none")
    if site in ("same-origin", "none"):
        return False
    return request.method in UNSAFE or request.headers.get("Sec-Fetch-Mode") != "navigate"


def init_app(app: Flask) -> None:
    """Set headers on every answer and turn foreign requests away."""
    always = [*HEADERS.items(), *([("Strict-Transport-Security", HSTS)] if app.config["SESSION_COOKIE_SECURE"] else ())]

    @app.before_request
    def refuse_foreign() -> None:
        if is_foreign() and request.path != "/csp-report":
            abort(403)

    @app.after_request
    def harden(response: Response) -> Response:
        response.headers.extend(always)  # nothing else sets these; to look for each first is most of what setting costs
        response.headers.setdefault("Content-Security-Policy", CSP_PAGE)
        response.headers["Cache-Control"] = "no-store"
        return response
