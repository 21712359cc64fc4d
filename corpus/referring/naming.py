"""Which document a name means: this one, a known one, a short name given above, or one not in the corpus."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ceyin.corpus.joining import number_key, title_keys
from ceyin.corpus.model import ReferenceStatus, ReferenceTarget
from ceyin.corpus.referring.citations import Anchor, Mention, find
from ceyin.corpus.referring.directory import Directory, Entry, loose_keys
from ceyin.corpus.referring.parts import Meaning, Part
from ceyin.corpus.referring.places import Places
from ceyin.corpus.referring.spoken import nominal_paths, spoken

# 《甲解释》「适用《示例法》」, 「执行《示例法》」: what a bare 第X条 there is about.
_EXPLAINS = re.compile(
    r"(?:适用|执行|实施|贯彻|修改|修正|确定)(?:《([^《》]+)》|([\u4e00-\u9fff]{1,12}?(?<![办方立])法典?))"
    r"|^([\u4e00-\u9fff]{1,20}法)(?:实施条例|实施细则|修正案)"
)
# Named without 《》 and without introduction everywhere: 「构成刑法分则第三章」.
_STATUTE = re.compile(r"(?:刑法|民法典|宪法)(?:[总分]则)?编?$")
_FORMER = re.compile(
    r"[12]\d{3}年[^。;《]{0,60}(?:发布|公布|颁布|印发|通过|批准|施行|制定|下发|实施)(?:、?施行)?的?$|原$"
)
_REPEALED = re.compile(r"[^。;]{0,20}(?:废止|停止执行|失效)")
_AMENDS = re.compile(
    r"(?:修改|修正|修订)(?:部分条款)?.{0,4}《([^《》]+)》|(?:^关于修改)?(.{2,40}?法)(?:修正案|的决定)"
)
_DEFINES = re.compile(r"简称(?:为)?[:“\"]*$")
_KIND_ONLY = re.compile(
    r"^(?:实施|管理|暂行)?(?:条例|办法|规定|通知|细则|方案|意见|规则|措施|计划|规划|纲要|决定|公告|通告|要点|章程|解释|指南|标准|政策)$"
)


class Names:
    """The names that are known while a document is read from the top."""

    def __init__(self, parts: tuple[Part, ...], directory: Directory) -> None:
        self.parts = parts
        self.directory = directory
        self.shorts: dict[str, Mention] = {}
        self.bare: dict[str, Mention] = {}  # short names that come again without 《》
        self.bare_pattern: re.Pattern[str] | None = None
        self.cited: dict[str, Mention] = {}  # by key of the full title
        self.last: Mention | None = None  # the document named last, in an earlier clause
        self.numbers: dict[str, Mention] = {}
        self._own_keys = [
            title_keys(p.title) | {re.sub("^中华人民共和国", "", k) for k in title_keys(p.title)}
            for p in parts
        ]
        self._own_articles: dict[int, bool] = {}

    # -- learning ----------------------------------------------------------------------------------

    def learn(self, m: Mention) -> None:
        """Remember a document cited in full, and the short name it is given."""
        if m.anchor is not Anchor.TITLE or not m.title:
            return
        document = Mention(m.start, m.end, Anchor.TITLE, title=m.title, number=m.number)
        for key in loose_keys(m.title):
            self.cited.setdefault(key, document)
        if number := number_key(m.number):
            self.numbers.setdefault(number, document)
        if m.short:
            self.shorts[m.short] = document
            if not m.short_quoted and len(m.short) > 2 and not _KIND_ONLY.match(m.short):
                self.bare[m.short] = document
                names = sorted(self.bare, key=len, reverse=True)
                self.bare_pattern = re.compile(
                    "|".join(re.escape(n) + ("(?![律人院学官])" if n.endswith("法") else "") for n in names)
                )

    def full_title(self, title: str) -> str:
        """The title behind a short name given above, else the same."""
        given = self.shorts.get(title)
        return (given.title or title) if given else title

    def trim(self, m: Mention) -> Mention:
        """「…以示例法第五条」: cut the words before a name that is known."""
        if m.anchor is not Anchor.NAME or not m.title or m.title in self.shorts:
            return m
        for k in range(len(m.title) - 1):
            name = m.title[k:]
            known = name in self.shorts or name in self.cited or name in self.directory.by_title
            if known or _STATUTE.match(name):
                return replace(m, start=m.start + k, title=name)
        return m

    # -- documents ---------------------------------------------------------------------------------

    def document(self, m: Mention, before: str = "", after: str = "") -> Meaning:
        """The document a title, number or name means, with the clauses behind it.

        ``before`` and ``after`` are the words of its sentence: 「2006年发布的《甲办法》同时废止」 in 甲办法 is
        about its forerunner.
        """
        title, number = m.title, m.number
        given = self.shorts.get(title or "")
        if given is None and title and m.anchor is Anchor.NAME:
            given = next((self.cited[k] for k in loose_keys(title) if k in self.cited), None)
        if given is None and number and not title:
            given = self._by_number(number)
        if given:
            title, number = given.title, given.number
        own = self._own(title, number)
        if own and (_FORMER.search(before) or _REPEALED.match(after)):
            shown = ReferenceTarget(None, title or "", number)
            return Meaning(ReferenceStatus.NOT_IN_CORPUS, (shown,), "所指为本文以前的版本")
        if own:
            inner = title and own.policy.stub and not title_keys(title) >= title_keys(own.title)
            if inner:  # the notice is here, what it issues is not
                return Meaning(ReferenceStatus.DAMAGED, (own.target(),), "只有印发通知,正文未收录")
            return own.locate(m.chain, ()) if m.chain else own.whole()
        entries = self.directory.find(title, number)
        if not entries:
            shown = ReferenceTarget(None, title or "", number)
            paths = [p for cited in m.chain for p in nominal_paths(cited)]
            return Meaning(
                ReferenceStatus.NOT_IN_CORPUS, tuple(replace(shown, path=p) for p in paths) or (shown,)
            )
        meanings = [_inside(entry, m) for entry in entries]
        if len(meanings) == 1:
            return meanings[0]
        targets = tuple(t for meaning in meanings for t in meaning.targets)
        return Meaning(ReferenceStatus.AMBIGUOUS, targets, f"库中有{len(entries)}份同名文件")

    def _by_number(self, number: str) -> Mention | None:
        key = number_key(number) or ""
        if key in self.numbers:
            return self.numbers[key]
        m = re.fullmatch(r"([\u4e00-\u9fff]*)(\d+号)", key)
        if not m:
            return None
        hits = [d for k, d in self.numbers.items() if k.split("|")[-1] == m[2] and k.startswith(m[1])]
        return hits[0] if len(hits) == 1 else None

    def _own(self, title: str | None, number: str | None) -> Part | None:
        # 《示例规则(试行)》 is not 示例规则: the edition counts here.
        keys = (
            title_keys(title) | {re.sub("^中华人民共和国", "", k) for k in title_keys(title)}
            if title
            else set()
        )
        same = [p for p, own in zip(self.parts, self._own_keys, strict=True) if keys & own]
        exact = [p for p in same if title and title_keys(title) & title_keys(p.title)]
        # The notice bears the name of what it issues: the annex is meant.
        chosen = next((p for p in reversed(exact or same)), None)
        own_number = number_key(self.parts[0].number)
        if number and own_number:
            if number_key(number) == own_number:
                return chosen or self.parts[0]
            return None
        return chosen

    def that(self, m: Mention, last: Mention | None) -> Meaning:
        """该办法, 原办法, 同法: the document of that kind named last."""
        if m.word in self.shorts:
            return self.document(replace(self.shorts[m.word], chain=m.chain))
        last = last or self.last
        if last and last.title and m.word in last.title:
            return self.document(replace(last, chain=m.chain))
        hits = list(
            {
                d.title: d for d in self.cited.values() if d.title and d.title.rstrip(")").endswith(m.word)
            }.values()
        )
        if len(hits) == 1:
            return self.document(replace(hits[0], chain=m.chain))
        return Meaning(ReferenceStatus.AMBIGUOUS, (), f"所指的{m.word}无法确定")

    # -- this document -----------------------------------------------------------------------------

    def part_called(self, word: str, here: Part) -> Part:
        """The part that 本办法 means: the nearest whose title ends so, else the one it stands in."""
        for part in (here, *self.parts):
            title = re.sub(r"(?:\([^()]*\)|》|\W)+$", "", part.title)
            if title.endswith(word) or (word == "法" and title.endswith("法典")):
                return part
        return self.parts[0] if word == "文件" else here

    def says_own_articles(self, part: Part) -> bool:
        """Whether this part cites its own articles as 本办法第X条, so that a bare 第X条 need not be its own."""
        key = id(part)
        if key not in self._own_articles:
            self._own_articles[key] = any(
                m.anchor is Anchor.SELF and m.chain
                for c in part.policy.clauses
                if "本" in c.text
                for m in find(c.text)
            )
        return self._own_articles[key]

    def amended(self, part: Part) -> Mention | None:
        """The document that this one amends, by its title."""
        return _subject(_AMENDS, part.title)

    def explained(self, part: Part) -> Mention | None:
        """The document that this one amends, interprets or carries out, by its title."""
        return _subject(_EXPLAINS, part.title)

    # -- annexes -----------------------------------------------------------------------------------

    def annex(self, m: Mention) -> Meaning:
        """附件2: the annex in this source, else its name in the list of annexes."""
        annexes = [p for p in self.parts if p.is_annex]
        listed = self.parts[0].listed
        name = listed.get(m.count or 1, "")
        if m.word == "附件":
            by_name = [p for p in annexes if name and title_keys(name) & title_keys(p.title)]
            numbered = [p for p in annexes if m.count and re.match(rf"附件{m.count}(?!\d)", p.title)]
            alone = annexes if len(annexes) == 1 and not name and m.count in (0, 1) else []
            for found in (by_name, numbered, alone):
                if len(found) == 1:
                    return found[0].locate(m.chain, ()) if m.chain else found[0].whole()
        label = f"{m.word}{m.count or ''}"
        target = ReferenceTarget(self.parts[0].policy_id, name or label, self.parts[0].number)
        paths = [p for cited in m.chain for p in nominal_paths(cited)]
        targets = tuple(replace(target, path=p) for p in paths) or (target,)
        return Meaning(ReferenceStatus.NOT_IN_CORPUS, targets, f"{label}的正文未收录")

    def annex_of(self, owner: Meaning, m: Mention) -> Meaning:
        """《示例办法》附件2."""
        label = f"{m.word}{m.count or ''}"
        targets = tuple(replace(t, title=f"{t.title}{label}", path=(), leaves=()) for t in owner.targets[:1])
        return Meaning(ReferenceStatus.NOT_IN_CORPUS, targets, f"{label}的正文未收录")


def _subject(pattern: re.Pattern[str], title: str) -> Mention | None:
    m = pattern.search(re.sub(r"[〈<]", "《", re.sub(r"[〉>]", "》", title)))
    name = next((g for g in m.groups() if g), None) if m else None
    return Mention(0, 0, Anchor.NAME, title=name) if name else None


def _inside(entry: Entry, m: Mention) -> Meaning:
    whole = ReferenceTarget(entry.policy_id, entry.title, entry.doc_number)
    if not m.chain:
        return Meaning(ReferenceStatus.RESOLVED, (whole,))
    if not entry.paths:
        paths = [p for cited in m.chain for p in nominal_paths(cited)]
        return Meaning(
            ReferenceStatus.RESOLVED, tuple(replace(whole, path=p) for p in paths), "该文件的条文未收录"
        )
    places = Places(entry.paths)
    targets: list[ReferenceTarget] = []
    missing: list[str] = []
    for cited in m.chain:
        found = places.locate(cited)
        targets += (replace(whole, path=f.path, leaves=f.leaves) for f in found)
        if not found:
            missing.append(spoken(cited))
    if missing:
        return Meaning(
            ReferenceStatus.AMBIGUOUS, tuple(targets) or (whole,), f"该文件中没有{'、'.join(missing)}"
        )
    return Meaning(ReferenceStatus.RESOLVED, tuple(targets))


def bare_short_names(text: str, start: int, found: Sequence[Mention], names: Names) -> Iterator[Mention]:
    """Short names given above that stand in ``text`` outside every other mention."""
    if names.bare_pattern is None:
        return
    taken = [(m.start, m.end) for m in found]
    for hit in names.bare_pattern.finditer(text, start):
        defined = _DEFINES.search(text[max(0, hit.start() - 6) : hit.start()])
        if not defined and not any(a < hit.end() and hit.start() < b for a, b in taken):
            yield Mention(hit.start(), hit.end(), Anchor.NAME, title=hit.group())
