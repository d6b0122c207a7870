"""Thresholds of the trained reader, chosen on annotated articles held out of its training."""

from __future__ import annotations

ADD_NAME = 0.8
"""A name that only the network sees is added from this probability on."""

LONE_NAME = 0.99
"""A person whose name is one word that the article has only once is added from this probability on."""

RETYPE_NAME = 0.95
"""A name of the rules takes another type where the network is surer of it than this."""

ADD_GROUP = 0.6
"""An unnamed body that only the network sees is added from this probability on."""

TITLE = 0.95
"""A title that only the network sees counts from this probability on."""

HOLDER = 0.8
"""Who is linked to a title with this probability holds it."""

OWNER = 0.8
"""What is linked to a title with this probability is what it is an office of."""

CONTENT = 0.3
"""A content that only the network sees counts from this probability on."""

STATEMENT = 0.35
"""Statements less sure than this are not reported."""

SPEAKER = 0.3
"""A statement needs a speaker at least as likely."""

TRIGGER = 0.15
"""A trigger that only the network sees is tried from this probability on."""

ACTOR = 0.45
TARGET = 0.45
SOURCE = 0.5
"""Who is linked to a trigger with this probability acts, is acted on, or tells of it."""

OF_ADJECTIVE, UNLIKE_ADJECTIVE = 0.6, 0.1
"""Least probability that the state of an adjective behind a noun acts, and what is left of all others'."""

SURE_MODALITY = 0.8
"""Below this probability the rules' reading of modality counts, where they know the trigger."""

LONE_ACTOR = 0.15
"""Where nobody reaches that, the likeliest actor counts from here on."""

LONE_CONTENT = 0.05
"""A content less likely than none counts from here on where no target is likely."""

BESIDE_CONTENT = 0.1
"""A content less likely than none counts from here on beside a likely target."""

BESIDE_TARGET = 0.35
"""Beside a content, a target that is not likely counts from here on."""

LONE_TARGET = 0.1
"""Where neither is there, the likeliest target counts from here on."""

OPEN_DATE = 0.7
"""Probability from which on the date of an act is left open."""

SAME_AIM = 0.5
"""Two acts of one type and actor are one where what they aim at shares this part of its words."""

ACT = 0.25
"""Acts less sure than this are not reported."""

PARTY = 0.9
"""Who is linked to a document with this probability is a party to it."""
