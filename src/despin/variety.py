"""British or American: which of the two spellings of a word a document writes.

The lexicon holds one spelling of most originals; what is restored should be spelled as the rest of
the article is. Only words that are spelled in two ways for the same thing are here: "tyre", "cheque"
and "programme" of a computer would be taken for other words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import product

_WORD = re.compile(r"[A-Za-z]+")
_OUR = (
    "armour behaviour colour demeanour endeavour favour flavour glamour harbour honour humour labour "
    "neighbour neighbourhood odour parlour rigour rumour saviour savour splendour tumour valour vapour "
    "vigour"
)
_RE = "calibre centre fibre litre lustre meagre metre kilometre sabre sombre spectre theatre"
_ISE = (
    "agon apolog author capital central character civil critic custom digital emphas energ equal final "
    "fratern general global harmon hospital ideal immun industrial initial jeopard legal liberal local "
    "magnet marginal maxim memor mesmer militar minim mobil modern monopol national neutral normal optim "
    "organ ostrac penal plagiar polar popular priorit privat public radical rational real recogn revital "
    "revolution scrutin sensational social special stabil standard steril subsid summar symbol sympath "
    "terror trivial urban util victim visual vocal"
)
_DOUBLED = (
    "cancel channel counsel dial equal fuel label level marshal model panel pedal quarrel shovel signal "
    "travel"
)
#: Words of their own, American before British.
_PAIRS = (
    "aging ageing, airplane aeroplane, aluminum aluminium, analog analogue, analyze analyse, artifact "
    "artefact, counselor counsellor, defense defence, enroll enrol, enrollment enrolment, fulfill fulfil, "
    "gray grey, installment instalment, jewelry jewellery, maneuver manoeuvre, marvelous marvellous, mold "
    "mould, mom mum, mustache moustache, offense offence, pajamas pyjamas, paralyze paralyse, plow "
    "plough, pretense pretence, skeptic sceptic, skeptical sceptical, skepticism scepticism, skillful "
    "skilful, smolder smoulder, traveler traveller, willful wilful, woolen woollen"
)
#: American and British names of one thing. Either may be another thing too, so neither tells the variety.
_NAMES = "fall autumn, soccer football"


def spelled_alike(words: Iterable[str], swaps: Iterable[tuple[str, str]]) -> list[str]:
    """Return the originals of ``swaps``, (spun, original), in the spelling of the document's ``words``.

    As they are where no word tells, or as many of either kind. ``words`` are in lower case; what is
    spelled anew keeps its capital. What would only go over to the other variety's name stays as spun.

    >>> spelled_alike(["the", "theatre"], [("arranged", "organized"), ("Protection", "Defense")])
    ['organised', 'Defence']
    >>> spelled_alike(["the", "theatre"], [("autumn", "fall"), ("decline", "fall")])
    ['autumn', 'fall']
    """
    american, british = _spellings()
    words = [*words]
    balance = sum(map(british.__contains__, words)) - sum(map(american.__contains__, words))
    if not balance:
        return [original for _, original in swaps]
    table, names = (american, _names()) if balance > 0 else (british, {})
    return [
        spun
        if names.get(original.lower()) == spun.lower()
        else _WORD.sub(lambda match: _respelled(match[0], table), original)
        for spun, original in swaps
    ]


def _respelled(word: str, table: dict[str, str]) -> str:
    found = table.get(word.lower())
    if found is None:
        return word
    return found.capitalize() if word[0].isupper() else found


@cache
def _names() -> dict[str, str]:
    return dict(_listed(_NAMES))


@cache
def _spellings() -> tuple[dict[str, str], dict[str, str]]:
    """Return American spellings to British ones, and the other way round."""
    pairs = dict(_all_spellings())
    return pairs, {british: american for american, british in pairs.items()}


def _listed(pairs: str) -> Iterator[tuple[str, str]]:
    for pair in pairs.split(", "):
        american, british = pair.split()
        yield american, british


def _all_spellings() -> Iterator[tuple[str, str]]:
    for word, ending in product(
        _OUR.split(), ("", "s", "ed", "ing", "ful", "able", "ite", "ites", "er", "ers")
    ):
        yield word.replace("our", "or") + ending, word + ending
    for word in _RE.split():
        stem = word[:-2]
        yield from ((f"{stem}er", word), (f"{stem}ers", f"{word}s"), (f"{stem}ered", f"{word}d"))
    for stem, ending in product(_ISE.split(), ("e", "es", "ed", "er", "ers", "ing", "ation", "ations")):
        yield f"{stem}iz{ending}", f"{stem}is{ending}"
    for stem, ending in product(_DOUBLED.split(), ("ed", "ing")):
        yield stem + ending, f"{stem}l{ending}"
    for american, british in _listed(_PAIRS):
        yield american, british
        yield f"{american}s", f"{british}s"
        if american.endswith("e"):
            yield f"{american}d", f"{british}d"
            yield f"{american[:-1]}ing", f"{british[:-1]}ing"
