"""Typesets the equations of docs/odd.md: plain text as it stands in the source becomes MathML.

The source stays readable without this. The notation: `x_jm` has a subscript, `x^(1 - a)` an exponent, `kappa` is a letter, `a/b` a
fraction when what it divides is in parentheses or one symbol, other words are words. Columns of a line stand three spaces apart, or two
before an equation. What is no equation by this notation is an error, so that nothing is typeset wrongly in silence.

    >>> typeset("a/b")
    '<mfrac><mi>a</mi><mi>b</mi></mfrac>'
    >>> typeset("kappa_s^2 = x")
    '<msubsup><mi>κ</mi><mi>s</mi><mn>2</mn></msubsup><mo>=</mo><mi>x</mi>'
    >>> typeset("(a + b)/2")
    '<mfrac><mrow><mi>a</mi><mo>+</mo><mi>b</mi></mrow><mn>2</mn></mfrac>'
    >>> typeset("sum_j v_j")
    '<munder><mo>∑</mo><mi>j</mi></munder><msub><mi>v</mi><mi>j</mi></msub>'
    >>> typeset("x^mu_G")
    '<msup><mi>x</mi><msub><mi>μ</mi><mi>G</mi></msub></msup>'
    >>> typeset("a/sum b c + d")
    '<mfrac><mi>a</mi><mrow><mo>∑</mo><mi>b</mi><mi>c</mi></mrow></mfrac><mo>+</mo><mi>d</mi>'
"""

from __future__ import annotations

import re
from html import escape

GREEK = {
    "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ε", "eps": "ε", "zeta": "ζ", "eta": "η",
    "theta": "θ", "kappa": "κ", "lambda": "λ", "lam": "λ", "mu": "μ", "nu": "ν", "xi": "ξ", "pi": "π", "rho": "ρ",
    "sigma": "σ", "tau": "τ", "phi": "φ", "chi": "χ", "psi": "ψ", "omega": "ω", "gam": "γ",
}  # fmt: skip
FUNCTIONS = {"ln", "exp", "clamp", "floor", "max", "min", "log", "sqrt", "mean"}
OPERATORS = {"<=": "≤", ">=": "≥", "~": "∼", "->": "→", "...": "…", "*": "·", "-": "−", "+=": "←+", "*=": "←·"}
TOKEN = re.compile(
    r"\s*(?:(?P<code>`[^`]*`)|(?P<number>(?:\.\d+|\d+(?:,\d{3})*(?:\.\d+)?)(?:e-?\d+)?)"
    r"|(?P<word>[A-Za-z]+(?:-[a-z]{3,})*(?:'s\b|\d)?'*(?:\*(?!=))?)"
    r"|(?P<operator><=|>=|->|\+=|\*=|\.\.\.|[-+=<>~*/^_()\[\],;:%.'{}|&]))"
)


def _tokens(text: str) -> list[tuple[str, str, bool]]:
    """Kind, text, and whether a space stands before it."""
    tokens, at = [], 0
    while at < len(text.rstrip()):
        found = TOKEN.match(text, at)
        if not found:
            raise ValueError(f"{text!r}: cannot be typeset at {text[at:]!r}")
        kind = found.lastgroup or ""
        tokens.append((kind, found.group(kind), found.start(kind) > at))
        at = found.end()
    return tokens


def _letter(word: str) -> str:
    stem = word.rstrip("'*")
    marks = word[len(stem) :].replace("'", "′").replace("*", "∗")
    if re.fullmatch(r"[A-Za-z]\d", stem):
        return f"<msub>{_letter(stem[0])}<mn>{stem[1]}</mn></msub>"
    name = GREEK.get(stem, stem)
    # A difference, a bar, a rank of an index: written together in the source.
    if re.fullmatch(r"d[A-Z]", stem):
        return f"<mi>d{stem[1]}{marks}</mi>"
    if stem in ("pbar",):
        return f"<mover><mi>{stem[0]}</mi><mo>¯</mo></mover>"
    upright = "" if len(name) == 1 else ' mathvariant="normal"'
    return f"<mi{upright}>{escape(name)}{marks}</mi>"


class _Parser:
    def __init__(self, text: str) -> None:
        self.tokens = _tokens(text)
        self.at = 0

    def peek(self, ahead: int = 0) -> tuple[str, str, bool]:
        return self.tokens[self.at + ahead] if self.at + ahead < len(self.tokens) else ("end", "", False)

    def take(self) -> tuple[str, str, bool]:
        token = self.peek()
        self.at += 1
        return token

    def row(self, closing: str = "") -> str:
        """Everything up to a closing sign."""
        parts: list[str] = []
        while self.peek()[0] != "end" and self.peek()[1] not in (closing or "\0"):
            parts.append(self.fraction())
        return "".join(parts)

    def fraction(self) -> str:
        space = self.space()
        above, bare = self.scripted()
        word = self.is_bare_word(self.at - 1)
        while self.peek()[1] == "/":
            self.take()
            inline = word or self.is_bare_word(self.at)
            below, bare_below = self.divisor()
            if inline:
                # Words read on: published/modelled income of the prefecture.
                above = f"{above}<mo>/</mo>{below}"
            else:
                above = f"<mfrac>{_one(bare)}{_one(bare_below)}</mfrac>"
            bare, word = above, False
        return space + above

    def divisor(self) -> tuple[str, str]:
        if self.peek()[1] == "-":
            self.take()
            below, _ = self.divisor()
            return f"<mrow><mo>−</mo>{below}</mrow>", f"<mo>−</mo>{below}"
        is_sum = self.peek()[1] == "sum"
        below, bare = self.scripted()
        if is_sum:
            # A sum divides with all that is summed.
            while self.peek()[0] in ("word", "number") and self.peek()[1] not in ("over", "of"):
                below += self.space() + self.scripted()[0]
            bare = below
        return below, bare

    def space(self) -> str:
        """The space that words need on both sides."""
        kind, text, spaced = self.peek()
        before = self.tokens[self.at - 1] if self.at else ("", "", False)
        prose = (kind == "word" and self._is_prose(text)) or (before[0] == "word" and self._is_prose(before[1]))
        return '<mspace width="0.3em"/>' if spaced and prose else ""

    def is_bare_word(self, at: int) -> bool:
        """Whether a word of the language stands there, without subscript or exponent."""
        if not 0 <= at < len(self.tokens):
            return False
        kind, text, _ = self.tokens[at]
        after = self.tokens[at + 1][1] if at + 1 < len(self.tokens) else ""
        before = self.tokens[at - 1][1] if at else ""
        prose = kind == "word" and self._is_prose(text) and text not in FUNCTIONS and text != "sum"
        return prose and after not in ("_", "^", "(", "[") and before not in ("_", "^")

    def scripted(self) -> tuple[str, str]:
        """A symbol with its subscript and exponent; then the same without the parentheses that a fraction makes idle."""
        kind, text, _ = self.peek()
        is_sum = kind == "word" and text == "sum"
        base, bare = self.atom()
        sub = sup = ""
        while self.peek()[1] in ("_", "^") and not self.peek()[2]:
            sign = self.take()[1]
            script = self.script()
            if sign == "_":
                sub = script
                # What a function is of belongs to it, and the exponent after that.
                if self.peek()[1] == "(" and not self.peek()[2] and not is_sum:
                    base, sub = f"<msub>{_one(base)}{sub}</msub>{self.atom()[0]}", ""
                    bare = base
            else:
                letter = self.tokens[self.at - 1][1]
                if self.peek()[1] == "_" and not self.peek()[2] and (letter in GREEK or len(letter) == 1):
                    self.take()
                    script = f"<msub>{script}{self.script()}</msub>"
                sup = script
        if is_sum and sub:
            base = f"<munder>{base}{sub}</munder>"
        elif sub and sup:
            base = f"<msubsup>{_one(base)}{sub}{sup}</msubsup>"
        elif sub:
            base = f"<msub>{_one(base)}{sub}</msub>"
        elif sup:
            base = f"<msup>{_one(base)}{sup}</msup>"
        if sub or sup:
            bare = base
        if text in ("ln", "mean") and kind == "word" and (self.peek()[0] in ("word", "number")):
            base = f"{base}<mo>&#8289;</mo><mspace width=\"0.15em\"/>{self.scripted()[0]}"
            bare = base
        return base, bare

    @staticmethod
    def _is_prose(word: str) -> bool:
        stem = word.rstrip("'*")
        return len(stem) > 1 and stem not in GREEK and stem not in FUNCTIONS and not re.fullmatch(r"[A-Za-z]\d|sum", stem)

    def script(self) -> str:
        kind, text, _ = self.peek()
        if text == "(":
            self.take()
            inner = self.row(")")
            self.close(")")
            return f"<mrow>{inner}</mrow>"
        if text == "-":
            self.take()
            return f"<mrow><mo>−</mo>{self.script()}</mrow>"
        if kind == "word":
            self.take()
            stem = text.rstrip("'*")
            marks = text[len(stem) :]
            # Two letters next to each other are two indices; anything longer is a name.
            if re.fullmatch(r"[ijkhnmsarpc]{2}", stem):
                body = f"<mrow><mi>{stem[0]}</mi><mi>{stem[1]}{marks}</mi></mrow>".replace("'", "′")
            else:
                body = _letter(text)
            # R_e,j has two as well.
            while self.peek()[1] == "," and not self.peek()[2] and self.peek(1)[0] == "word" and not self.peek(1)[2]:
                self.take()
                body = f"<mrow>{body}<mo>,</mo>{_letter(self.take()[1])}</mrow>"
            return body
        if kind == "number":
            self.take()
            return f"<mn>{text}</mn>"
        raise ValueError(f"no subscript or exponent can be {text!r}")

    def close(self, sign: str) -> None:
        if self.take()[1] != sign:
            raise ValueError(f"a {sign!r} is missing")

    def atom(self) -> tuple[str, str]:
        kind, text, spaced = self.take()
        if kind == "code":
            body = f'<mspace width="0.3em"/><mtext>{escape(text.strip("`"))}</mtext><mspace width="0.3em"/>'
            return body, body
        if kind == "number":
            body = f"<mn>{text}</mn>"
            return body, body
        if kind == "word":
            if text == "sum":
                return "<mo>∑</mo>", "<mo>∑</mo>"
            body = f"<mi>{text}</mi>" if text in FUNCTIONS else _letter(text)
            called = self.peek()[1] in ("(", "[") and not self.peek()[2]
            if called and (text in FUNCTIONS or re.fullmatch(r"[A-Za-z]+'?", text)):
                body = f"{body}{self.atom()[0]}"
            return body, body
        if text in "([{":
            closing = {"(": ")", "[": "]", "{": "}"}[text]
            inner = self.row(closing)
            self.close(closing)
            fixed = "" if "<mfrac>" in inner or "<munder>" in inner else ' stretchy="false"'
            return f"<mrow><mo{fixed}>{text}</mo>{inner}<mo{fixed}>{closing}</mo></mrow>", f"<mrow>{inner}</mrow>"
        if text in ")]}":
            raise ValueError(f"a {text!r} closes nothing")
        body = f"<mo>{escape(OPERATORS.get(text, text))}</mo>"
        return body, body


def _one(parts: str) -> str:
    """Several elements as one."""
    return parts if re.fullmatch(r"<(m\w+)\b[^>]*>(?:(?!<\1\b).)*</\1>", parts) else f"<mrow>{parts}</mrow>"


def typeset(text: str) -> str:
    """The inside of a `math` element."""
    parser = _Parser(text)
    parts = parser.row()
    if parser.peek()[0] != "end":
        raise ValueError(f"{text!r}: cannot be typeset at {parser.peek()[1]!r}")
    return parts


def block(lines: str) -> str:
    """A block of equations, a row a line; what continues the line above is set in."""
    rows = []
    for line in lines.splitlines():
        cells = "".join(f"<span>{_math(cell)}</span>" for cell in re.split(r"\s{3,}", line.strip()))
        rows.append(f'<div class="{"more" if re.match(r" {8,}", line) else "line"}">{cells}</div>')
    return '<div class="equations">' + "".join(rows) + "</div>"


def _math(text: str) -> str:
    return f'<math xmlns="http://www.w3.org/1998/Math/MathML" display="inline">{typeset(text)}</math>'
