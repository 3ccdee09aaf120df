"""Aliases: the thing-word and picture by which everybody talks about a question.

Things only: no animals, no colours, no numbers, nothing that could be meant as a trait, and no word that is a
first name here (so no rose, no crown, no jewel).
"""

from typing import NamedTuple

from webapp.vocabulary.words import _l


class Alias(NamedTuple):
    """The word and the picture of an alias."""

    label: str
    icon: str


ALIASES: dict[str, Alias] = {
    "kite": Alias(_l("Kite"), "kite"),
    "compass": Alias(_l("Compass"), "compass"),
    "anchor": Alias(_l("Anchor"), "anchor"),
    "star": Alias(_l("Star"), "star"),
    "feather": Alias(_l("Feather"), "feather"),
    "shell": Alias(_l("Shell"), "shell"),
    "umbrella": Alias(_l("Umbrella"), "umbrella"),
    "key": Alias(_l("Key"), "key-round"),
    "leaf": Alias(_l("Leaf"), "leaf"),
    "rocket": Alias(_l("Rocket"), "rocket"),
    "drum": Alias(_l("Drum"), "drum"),
    "tent": Alias(_l("Tent"), "tent"),
    "mountain": Alias(_l("Mountain"), "mountain"),
    "sailboat": Alias(_l("Sailboat"), "sailboat"),
    "lamp": Alias(_l("Lantern"), "lamp"),
    "guitar": Alias(_l("Guitar"), "guitar"),
    "bike": Alias(_l("Bicycle"), "bike"),
    "palette": Alias(_l("Palette"), "palette"),
    "lighthouse": Alias(_l("Lighthouse"), "lighthouse"),
    "telescope": Alias(_l("Telescope"), "telescope"),
    "magnet": Alias(_l("Magnet"), "magnet"),
    "piano": Alias(_l("Piano"), "piano"),
    "backpack": Alias(_l("Backpack"), "backpack"),
    "castle": Alias(_l("Castle"), "castle"),
    "ship": Alias(_l("Ship"), "ship"),
    "tram": Alias(_l("Tram"), "tram-front"),
    "train": Alias(_l("Train"), "train-front"),
    "cloud": Alias(_l("Cloud"), "cloud"),
    "clover": Alias(_l("Clover"), "clover"),
    "hammer": Alias(_l("Hammer"), "hammer"),
    "scissors": Alias(_l("Scissors"), "scissors"),
    "watch": Alias(_l("Watch"), "watch"),
    "hourglass": Alias(_l("Hourglass"), "hourglass"),
    "flashlight": Alias(_l("Torch"), "flashlight"),
    "radio": Alias(_l("Radio"), "radio"),
    "camera": Alias(_l("Camera"), "camera"),
    "spool": Alias(_l("Spool"), "spool"),
    "cookie": Alias(_l("Biscuit"), "cookie"),
    "mug": Alias(_l("Drinking cup"), "cup-soda"),
    "dice": Alias(_l("Dice"), "dice-5"),
    "microphone": Alias(_l("Microphone"), "mic"),
    "armchair": Alias(_l("Armchair"), "armchair"),
    "map": Alias(_l("Map"), "map"),
    "wand": Alias(_l("Magic wand"), "wand"),
    "joystick": Alias(_l("Joystick"), "joystick"),
}

ALIAS_LABELS: dict[str, str] = {key: alias.label for key, alias in ALIASES.items()}
ALIAS_ICONS: dict[str, str] = {key: alias.icon for key, alias in ALIASES.items()}
