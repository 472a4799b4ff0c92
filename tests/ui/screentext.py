"""What the app shows, as text, and the strings that a hostile workspace would put there."""

from textual.app import App

SCRIPTS = {
    "en": "How does a first contact start?",
    "th": "ลูกค้าบอกว่า น้ำที่บ้านไหลช้า",
    "vi_nfc": "Tìm hiểu điều khoản hợp đồng",
    "vi_nfd": "Ti\u0300m hie\u0302\u0309u \u0111ie\u0300\u0302u khoa\u0309n ho\u031b\u0323p \u0111o\u0302\u0300ng",
    "zh": "首次接触的好印象，够了",
    "bg": "Клиентът чака отговор",
    "ko": "고객이 답을 기다린다",
    "ar": "العميل ينتظر",
}

MARKUP = {
    "style": "[red]R[/red] end",
    "action": "[@click=app.quit]CLK[/] end",
    "unclosed": "oops [/nope] end",
    "open": "zlex [b + end",
    "list": "see [1] [x] [ ] end",
    "nested": "[type=x, v={'a[0]'}] end",
    "link": "[link='https://evil.example']L[/link] end",
    "backslash": "C:\\[b]\\ end\\",
    "variable": "[$primary]x[/] $name ${name} end",
}

CONTROLS = {
    "title": "A\x1b]0;PWNED\x07 end",
    "clipboard": "B\x1b]52;c;cHduZWQ=\x07 end",
    "hyperlink": "C\x1b]8;;https://evil.example\x1b\\L\x1b]8;;\x1b\\ end",
    "colour": "D\x1b[31mRED end",
    "clear": "E\x1b[2J\x1b[H end",
    "c1": "F\x9b31mRED end",
    "return": "G\rover end",
    "backspace": "H\x08\x08 end",
    "nul": "I\x00 end",
    "delete": "J\x7f end",
    "override": "K\u202edesrever end",
    "isolate": "L\u2066x\u2069 end",
    "separator": "M\u2028 end",
    "device": "N\x1bPq#0\x1b\\ end",
    "surrogate": "O\ud800 end",
    "annotation": "P\ufff9x\ufffb end",
    "tab": "Q\tend",
}

FORBIDDEN = "\x1b\x9b\x00\x07\x08\x7f\r\u202e\u2066\u2069\u2028\ud800\ufff9\ufffb\t"
"""Characters of CONTROLS that no drawn line may hold."""


def screen_lines(app: App[object]) -> list[str]:
    """Return the lines the app shows now, as wide as its screen."""
    return ["".join(segment.text for segment in strip) for strip in app.screen._compositor.render_strips()]


def screen_text(app: App[object]) -> str:
    """Return what the app shows now, lines stripped of the spaces at their ends."""
    return "\n".join(line.rstrip() for line in screen_lines(app))
