"""Emoji by their shortcodes: the ones that teams use most. Unknown ones stay as they were typed."""

from __future__ import annotations

import re

_TABLE = """
+1=👍 thumbsup=👍 -1=👎 thumbsdown=👎 100=💯 1234=🔢 alarm_clock=⏰ ambulance=🚑
angry=😠 arrow_down=⬇️ arrow_left=⬅️ arrow_right=➡️ arrow_up=⬆️
arrow_upper_right=↗️ arrow_lower_right=↘️ arrows_counterclockwise=🔄 art=🎨
bangbang=‼️ bar_chart=📊 beach_with_umbrella=🏖️ beers=🍻 bell=🔔 birthday=🎂
black_circle=⚫ blue_book=📘 blush=😊 boat=⛵ book=📖 bookmark=🔖 books=📚 boom=💥
brain=🧠 broken_heart=💔 bug=🐛 bulb=💡 busts_in_silhouette=👥 bust_in_silhouette=👤
cake=🍰 calendar=📅 call_me_hand=🤙 camera=📷 card_index_dividers=🗂️
chart_with_downwards_trend=📉 chart_with_upwards_trend=📈 checkered_flag=🏁 clap=👏
clipboard=📋 clock9=🕘 cloud=☁️ coffee=☕ compass=🧭 confetti_ball=🎊 confused=😕
construction=🚧 cry=😢 crystal_ball=🔮 dancer=💃 dart=🎯 date=📅 disappointed=😞
droplet=💧 earth_africa=🌍 email=📧 envelope=✉️ exclamation=❗ eyes=👀
face_with_monocle=🧐 face_with_rolling_eyes=🙄 file_folder=📁 fire=🔥 fire_engine=🚒
flag-white=🏳️ gear=⚙️ ghost=👻 gift=🎁 globe_with_meridians=🌐 green_book=📗
green_circle=🟢 green_heart=💚 grey_question=❔ grin=😁 grinning=😀 hammer=🔨
hammer_and_wrench=🛠️ handshake=🤝 heart=❤️ heart_eyes=😍 heavy_check_mark=✔️
heavy_minus_sign=➖ heavy_plus_sign=➕ hourglass=⌛ hourglass_flowing_sand=⏳ house=🏠
house_with_garden=🏡 hugging_face=🤗 hushed=😯 information_source=ℹ️ joy=😂 key=🔑
keyboard=⌨️ label=🏷️ large_blue_circle=🔵 large_green_circle=🟢
large_orange_circle=🟠 large_red_circle=🔴 large_yellow_circle=🟡 laughing=😆 ledger=📒
link=🔗 lock=🔒 loudspeaker=📢 mag=🔍 mailbox=📫 map=🗺️ mega=📣 memo=📝 mute=🔇
muscle=💪 mute_bell=🔕 neutral_face=😐 new=🆕 newspaper=📰 no_bell=🔕 no_entry=⛔
no_entry_sign=🚫 octagonal_sign=🛑 ok=🆗 ok_hand=👌 orange_circle=🟠 package=📦
page_facing_up=📄 palm_tree=🌴 paperclip=📎 partying_face=🥳 pencil=📝 pencil2=✏️
pensive=😔 phone=☎️ point_down=👇 point_left=👈 point_right=👉 point_up=☝️ pray=🙏
purple_heart=💜 pushpin=📌 question=❓ rainbow=🌈 raised_hands=🙌 raising_hand=🙋
raised_hand=✋ recycle=♻️ red_circle=🔴 relaxed=☺️ relieved=😌 repeat=🔁
robot_face=🤖 rocket=🚀 rotating_light=🚨 round_pushpin=📍 runner=🏃 scales=⚖️
scream=😱 scroll=📜 seedling=🌱 see_no_evil=🙈 shield=🛡️ shrug=🤷 sleeping=😴
slightly_frowning_face=🙁 slightly_smiling_face=🙂 smile=😄 smiley=😃 smirk=😏
snowflake=❄️ sob=😭 sos=🆘 sparkles=✨ speech_balloon=💬 star=⭐ star2=🌟
stopwatch=⏱️ sun_with_face=🌞 sunglasses=😎 sunny=☀️ sweat_smile=😅 tada=🎉
telescope=🔭 test_tube=🧪 thinking_face=🤔 three=3️⃣ thread=🧵 ticket=🎫
timer_clock=⏲️ traffic_light=🚦 triangular_flag_on_post=🚩 trophy=🏆 turtle=🐢
two=2️⃣ one=1️⃣ umbrella=☔ unlock=🔓 upside_down_face=🙃 v=✌️
vertical_traffic_light=🚦 warning=⚠️ wastebasket=🗑️ watermelon=🍉 wave=👋 weary=😩
white_check_mark=✅ white_circle=⚪ white_large_square=⬜ wink=😉 worried=😟 wrench=🔧
x=❌ yellow_circle=🟡 yellow_heart=💛 yum=😋 zap=⚡ zipper_mouth_face=🤐 zzz=💤
"""

EMOJI = dict(pair.split("=") for pair in _TABLE.split())

QUICK = ("+1", "white_check_mark", "eyes", "tada", "heart", "thinking_face")
"""What the reaction menu offers first."""

_SHORTCODE = re.compile(r":([a-z0-9_+'-]+)(?:::skin-tone-[2-6])?:")


def with_emoji(text: str) -> str:
    """Returns text with the shortcodes that we know replaced."""
    return _SHORTCODE.sub(lambda match: EMOJI.get(match[1], match[0]), text)


def glyph(name: str) -> str:
    """Returns one emoji by its name, or the shortcode where we do not know it."""
    return EMOJI.get(name.partition("::")[0], f":{name}:")
