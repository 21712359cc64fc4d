"""Greetings, and questions about the program itself: what it does, how it is used, who speaks."""

from __future__ import annotations

import re

#: Whatever else the message says, it is about the program.
_ABOUT_US = re.compile(
    r"^(?:这个|你)?(?:怎么|咋|如何)(?:使)?用[呀啊呢]?[?。]?$|怎么用(?:你|这个)|你是谁|谁(?:做|开发|弄|搞)的你"
    r"|你是(?:哪|什么|啥).{0,4}(?:做|开发|弄|搞|单位|部门|机构|人|模型|程序)"
    r"|(?:能|可以)问(?:些|你)?(?:什么|啥|哪些)|使用说明|what can you do|who are you",
    re.IGNORECASE,
)
#: The words such a message is made of; what has any other word asks for something else.
_WORDS = re.compile(
    r"你们?好|您好|嗨|嘿|哈喽|哈罗|喂|(?:hi|hello)\b|在(?:不在|吗|么|没)|[早晚]上好|[上下中]午好|早安|晚安|早(?!就|期)|再见|拜拜|回见"
    r"|多?谢谢?|感谢|辛苦|麻烦|打扰|请教?|劳驾|不好意思|嗯|哦|明白|懂|知道|清楚|了解|收到"
    r"|你们?|您|我们?|俺|咱|自己|这(?:个|里头?|里面|儿|边|玩意儿?|东西)?|那|它|跟|和|向|对|拿|给|为|替|从|里头?|里面"
    r"|(?:小|AI|智能)?(?:助手|程序|系统|工具|机器人|软件|平台|客服|网站|页面)"
    r"|头[一]?[回次]|第一[回次]|初次|刚|才|新手|新来|外行|小白|不(?:太|大|怎么)?会?(?:用|懂|知道|清楚|熟)|没用过"
    r"|能|会|可以|可|该|应该|要|想|得|用|使用?|玩|帮(?:忙|助|我|上|到|得上)?|做|干|办|弄|整|解决|解答|回答|答|处理|提供"
    r"|查询?|找|看看?|问(?:题|法|起)?|提问?|咨询|聊聊?|说话?|讲讲?|听|介绍|教|告诉|试试?|擅长|负责|称呼|叫|名字|来头|来路"
    r"|功能|本事|能力|作用|用处|用途|用法|能耐|说明|指引|教程|例子|示例|方法|范围|领域|内容|活儿?|职责|操作|类型|疑问|机器|开口|开始|见面|简单|求"
    r"|哪?方面|哪?方向|哪位|东西|什么|干[嘛吗]|啥|哪(?:一?[些类种个几方]|儿|里)?|怎么样?|咋样?|如何|多少|几|谁|是|有没有|没有|有|不|没|吗|么|呢|呀|啊|吧|呗|嘛|哈|啦|呐|嗯|哟|噢|哎"
    r"|一个|都|还|也|就|又|到底|究竟|具体|大概|一般|主要|比较|好|行|来|去|上|下|点|些|些个|一下|个|的|得|地|了|过|着|到|出|才|先|类|种|事|事情|忙"
    r"|举|列|哪样|人|政策|文件|\s|[,.。?!;:~、…]"
)
_ENGLISH = re.compile(
    r"\b(?:hi|hello|hey|there|thanks?|thank|you|your|are|is|this|it|the|a|an|i|me|my|we|us|do|does|can|could|may|should|will|would|"
    r"what|which|how|who|whom|where|kinds?|sorts?|types?|of|for|to|with|about|and|in|on|here|first|time|new|use|using|used|work|works|"
    r"help|ask|asking|questions?|things?|start|begin|get|started|tool|assistant|app|system|program|bot|chatbot|lot|made|make|built|good|"
    r"morning|afternoon|evening|please|tell|explain|show|answer|features?|able|purpose|bye|goodbye|so|just|yourself|introduce)\b|[\s,.?!;:'’-]",
    re.IGNORECASE,
)
#: One of these must be there: a greeting, thanks, or what is asked of the program.
_GREETS = re.compile(
    r"^(?:(?:嗨|嘿|喂|哈喽|你好|您好|你们好|hi\b|hello\b|hey\b|早(?:安|上好)?|[上下中]午好|晚上好"
    r"|good (?:morning|afternoon|evening))|在(?:吗|不在))"
    r"|谢|感谢|辛苦|再见|拜拜|thank|bye",
    re.IGNORECASE,
)
_ASKS = re.compile(
    r"(?:你|您|助手|程序|系统|工具|机器人|软件|平台|客服|网站)[^,。?]{0,10}(?:什么|啥|哪|怎么|咋|如何|谁|有没有|介绍)"
    r"|(?:什么|啥|哪[^,。?]{0,3}|怎么|咋|如何)[^,。?]{0,6}(?:你|您|称呼|问|提问)"
    r"|(?:怎么|咋|如何)(?:个|来)?(?:使|用|玩)|(?:什么|啥|哪些|有没有)[^,。?]{0,6}(?:功能|本事|能力|用处|用途|用法|能耐|说明|指引|教程|帮忙|帮助)"
    r"|(?:问|查)(?:到|得到|得了)?(?:些|点)?(?:什么|啥|哪)|(?:什么|啥|哪些)[^,。?]{0,3}(?:能|可以|可)(?:问|查)|例子|示例|介绍[^,。?]{0,6}(?:自己|功能)|教教?我"
    r"|(?<!我)(?:能|会|可以)(?:帮|干)[^,。?]{0,6}(?:什么|啥|哪)|(?:什么|啥)[^,。?]{0,4}(?:帮到?|为)我|(?:你|您)[^,。?]{0,6}(?:干|做|帮)|(?:小白一?个?|新手|新来)[^?]{0,8}(?:怎么|咋|如何|从哪)"
    r"|^(?:请问)?(?:我)?(?:想|要|可以|能|这里能)*(?:咨询|请教|问)[^,。?]{0,4}(?:一?下|问题|政策)[^,。?]{0,4}$|你[^,。?]{0,4}(?:是|还是)(?:人|机器)|^有人(?:在)?(?:吗|么|没)|^这(?:个|里)?是(?:个)?(?:什么|啥)[^,。?]{0,4}$"
    r"|\b(?:you|your|started)\b.*\?|\b(?:what|how|who)\b.*\b(?:you|this|your|started|ask)\b",
    re.IGNORECASE,
)
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
#: Help with a figure of one's own: the program can, once it is told which.
_RECKONS = re.compile(
    r"^(?:请问)?[你您](?:们)?(?:能不能|可不可以|能|可以|会不会|会)(?:帮我?|替我|给我)?(?:算|查|找|解读|看)(?:一?下|算|查)?(?:补贴|政策|条件|文件|奖励|条款)(?:吗|么|不|吧)?[?。]?$"
)


def asks_for_help(text: str, message: str) -> bool:
    """Whether a normalised text (the user's ``message`` as it was) greets, thanks or asks about the program."""
    if _ABOUT_US.search(text) or _RECKONS.search(text):
        return True
    english = not _CHINESE.search(message)
    words, said = (_ENGLISH, message) if english else (_WORDS, text)
    if words.sub("", said):
        return False
    return bool(_GREETS.search(said) or _ASKS.search(said))
