"""Where the pages of this area hang."""

from flask import Blueprint

bp = Blueprint("privacy", __name__)
