"""Documents in articles: 编, 章, 节, 条, unnumbered 款, items and what hangs below them."""

from __future__ import annotations

from ceyin.evals.documents import words
from ceyin.evals.documents.draft import Draft
from ceyin.evals.documents.parts import Part, Words
from ceyin.evals.documents.references import mention, opening_mention


def articles(draft: Draft) -> list[Part]:
    """The top parts of a text in articles, numbered from 第一条 on."""
    rng = draft.rng
    total = draft.pick(2, 5) * draft.size
    if draft.size == 4 and draft.may("hundred articles", 0.08):
        total = draft.pick(101, 123)
    body = _run_of_articles(draft, total)
    if not draft.may("chapters", 0.5):
        return body
    names = list(words.CHAPTERS[: max(2, min(len(words.CHAPTERS), total // 2))])
    chapters: list[Part] = []
    cuts = sorted(rng.sample(range(1, len(body)), min(len(names) - 1, len(body) - 1)))
    for k, (a, b) in enumerate(zip([0, *cuts], [*cuts, len(body)], strict=True)):
        chapter = draft.part("章", k + 1)
        chapter.heading = names[k]
        chapter.content = _sections(draft, body[a:b])
        chapters.append(chapter)
    if len(chapters) >= 4 and draft.may("books", 0.25):
        return _books(draft, chapters)
    return chapters


def _sections(draft: Draft, body: list[Part]) -> list[Words | Part]:
    if len(body) < 4 or not draft.may("sections", 0.3):
        return list(body)
    cut = draft.pick(1, len(body) - 1)
    out: list[Words | Part] = []
    for k, group in enumerate((body[:cut], body[cut:])):
        section = draft.part("节", k + 1)
        section.heading = words.heading(draft.rng).replace(",", "和")
        section.content = list(group)
        out.append(section)
    return out


def _books(draft: Draft, chapters: list[Part]) -> list[Part]:
    cut = draft.pick(1, len(chapters) - 1)
    books: list[Part] = []
    for k, group in enumerate((chapters[:cut], chapters[cut:])):
        book = draft.part("编", k + 1)
        book.heading = ("总则", "分则")[k]
        for number, chapter in enumerate(group, 1):
            again = draft.part("章", number)
            chapter.number, chapter.label = number, again.label
        book.content = list(group)
        books.append(book)
    return books


def _run_of_articles(draft: Draft, total: int) -> list[Part]:
    body: list[Part] = []
    titled = draft.may("bracketed article titles", 0.08)
    for number in range(1, total + 1):
        body.append(_article(draft, number, plain=total > 60, titled=titled))
        if number > 1 and draft.may("inserted articles", 0.03):
            extra = draft.part("条", number, suffix=1)
            extra.content = [Words(words.sentence(draft.rng))]
            body.append(extra)
    return body


def _article(draft: Draft, number: int, *, plain: bool, titled: bool) -> Part:
    rng = draft.rng
    article = draft.part("条", number)
    article.content.append(Words(_sentences(draft, number)))
    shape = rng.random()
    if not plain and shape < 0.25:
        draft.may("paragraphs of an article", 1)
        for _ in range(draft.pick(1, 2)):
            article.content.append(Words(_sentences(draft, number, opening=True)))
    elif not plain and shape < 0.55 and draft.may("items of an article", 0.9):
        if draft.may("items under a later paragraph", 0.2):
            article.content.append(Words(words.stem(rng)))
        else:
            article.content = [Words(words.stem(rng))]
        article.content += _items(draft, "(一)", depth=0)
        if draft.may("paragraph after items", 0.25):
            article.content.append(Words(_sentences(draft, number, opening=True)))
    first = article.content[0]
    if titled and isinstance(first, Words):
        topic = words.heading(rng).replace(",", "和")
        first.text = (f"[{topic}]" if draft.gap else f"【{topic}】").replace("[", "【").replace(
            "]", "】"
        ) + first.text
    return article


def _sentences(draft: Draft, number: int, *, opening: bool = False) -> str:
    rng = draft.rng
    out = [words.sentence(rng) for _ in range(draft.pick(1, 2))]
    if draft.may("mentions", 0.25):
        out.insert(draft.pick(0, 1) if not opening else 1, mention(rng, number + 1))
    if opening and draft.may("mentions at the beginning of a line", 0.3):
        out.insert(0, opening_mention(rng, number + 1, articles=True))
    return "".join(out)


def _items(draft: Draft, family: str, *, depth: int) -> list[Part]:
    """Items that end with semicolons, the last with a full stop."""
    rng = draft.rng
    count = draft.pick(2, 4) if rng.random() < 0.93 else draft.pick(9, 12)
    inline = depth == 0 and draft.may("items in one line", 0.12)
    out: list[Part] = []
    below = {"(一)": "1.", "1.": "(1)", "(1)": "①"}.get(family)
    for k in range(1, count + 1):
        part = draft.part(family, k)
        part.inline = inline
        end = "。" if k == count else ";"
        if below and not inline and depth < 3 and draft.may(f"items {below} below {family}", 0.1):
            part.content = [
                Words(words.item(rng, end=",包括下列内容:")),
                *_items(draft, below, depth=depth + 1),
            ]
        else:
            part.content = [Words(words.item(rng, end=end))]
        out.append(part)
    return out
