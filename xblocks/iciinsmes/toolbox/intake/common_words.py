"""Ordinary words of the five languages that are names of people as well, and what stands in the names of firms.

They are short lists of what often comes in complaints; a name that is missing here is only masked once too often.
"""

from __future__ import annotations

from .names import plain_name

_WORDS = (
    # English
    "mark will may rose young long short best good price white black brown green grey king hill wood bill joy hope "
    "faith sunny art april june august baker cook carpenter bond case cash cost day page rich sharp small sweet "
    "waters wells winter summer moon bush cross field love power stone walker house company shop home van "
    # German
    "gut lang kurz klein groß jung alt neu schön stark weiß schwarz braun grün rot könig koch bauer becker "
    "schneider maler tischler zimmermann berg wald stein bach feld baum vogel wolf fuchs frank ernst fromm sommer "
    "herbst frühling montag dienstag freitag samstag sonntag kraft blume meister richter engel glück hell fest "
    "zimmer küche tisch haus hof bäckerei tischlerei firma salon "
    # Danish
    "lund holm dal ask storm ung gammel stor lille god bjerg skov sand vind krog have gade vej bro sten hus blad "
    # Hungarian
    "nagy kis kiss fehér fekete vörös piros barna szép erős hosszú magas rövid király pék asztalos bíró virág "
    "rózsa hajnal német lengyel farkas bátor jó vas hegedűs kocsis gyors új piac "
    # Polish
    "mały wielki duży krótki długi nowy stary zielony biały czarny wilk lis zając kot baran król róża maj lato "
    "zima sobota niedziela piątek dąb wiśnia dobry piekarnia sklep "
    # addresses that nobody has alone, firms, titles
    "info mail kontakt contact office service post hello shop bestellung order ordre support admin web team sales "
    "gmbh ohg ltd limited inc aps holding group spolka zoo bt kft zrt nyrt herr frau mrs miss pan pani fru dr prof "
    "und and the von der den van der for"
)

COMMON_WORDS = frozenset(map(plain_name, _WORDS.split()))
