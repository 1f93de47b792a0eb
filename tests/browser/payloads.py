# ruff: noqa: E501 - attacks are one line each
"""HTML that tries to act when somebody looks at it; each way of acting once.

``ROLE`` stands for an address that would give the teacher more rights, ``STATIC`` for the folder of the course's files,
``HTMX`` and ``WORK`` for scripts of the host.
"""

from __future__ import annotations

RAN = "window.ran = (window.ran || 0) + 1; alert(1)"

#: Sends the request if htmx looks at it, whatever the page or the author's other elements say.
_POST = """hx-post="ROLE" hx-vals='{"role":"coordinator"}' hx-trigger="load" hx-swap="none\""""
_DATA_POST = _POST.replace("hx-", "data-hx-")

PAYLOADS = {
    "script": f"<script>{RAN}</script>",
    "script of the course": '<script src="STATIC/evil.js"></script>',
    "script as a module": '<script type="module" src="STATIC/evil.mjs"></script>',
    "script without an ending": '<script src="STATIC/evil"></script>',
    "script in capitals": f"<ScRiPt>{RAN}</sCrIpT>",
    "script in a broken tag": f"<scr<script>ipt>{RAN}</scr</script>ipt>",
    "htmx of the host": f'<script src="HTMX"></script><div {_POST}>x</div>',
    "script of a task": f'<script src="HTMX"></script><script src="WORK"></script><div data-ici-work data-csrf-cookie="csrftoken">'
    f"<p {_POST}>x</p></div>",
    "htmx": f"<div {_POST}>x</div>",
    "htmx as data": f"<div {_DATA_POST}>x</div>",
    "htmx in capitals": f"<div {_POST.upper().replace('ROLE', 'ROLE')}>x</div>",
    "htmx under a task's hook": f'<div data-ici-work data-csrf-cookie="csrftoken"><p {_POST}>x</p></div>',
    "htmx under a canvas' hook": f'<div data-ici-canvas data-changes="ROLE"><p {_POST}>x</p></div>',
    "htmx with a header": f"""<div hx-headers='{{"X-CSRFToken":"x"}}'><p {_POST}>x</p></div>""",
    "htmx outside of its element": f"</div></div></section></main><div {_POST}>x</div>",
    "htmx behind a table": f"<table><tr><div {_POST}>x</div></table>",
    "htmx in a template": f"<template><div {_POST}>x</div></template>",
    "htmx revealed": f"<div {_POST.replace('load', 'revealed')}>x</div>",
    "htmx every second": f"<div {_POST.replace('load', 'every 1s')}>x</div>",
    "htmx from the body": f"<div {_POST.replace('load', 'mousemove from:body')}>x</div>",
    "htmx get": '<div hx-get="STATIC/evil.html" hx-trigger="load" hx-target="body">x</div>',
    "htmx boost": '<div hx-boost="true" hx-target="body"><a href="STATIC/evil.html">x</a></div>',
    "htmx on": f'<div hx-on::load="{RAN}" hx-on:htmx:load="{RAN}" hx-on-click="{RAN}">x</div>',
    "htmx on as data": f'<div data-hx-on--load="{RAN}">x</div>',
    "htmx values": f'<div hx-get="/" hx-trigger="load" hx-vals="js:{{a: ({RAN})}}">x</div>',
    "htmx out of band": '<div id="main" hx-swap-oob="true">x</div>',
    "htmx extension": '<div hx-ext="sse" sse-connect="STATIC/evil.js">x</div>',
    "image error": f'<img src="STATIC/none.png" onerror="{RAN}">',
    "image error without quotes": "<img src=STATIC/none.png onerror=window.ran=1>",
    "image error with a slash": "<img/src=x/onerror=window.ran=1>",
    "image elsewhere": '<img src="http://evil.example/spy.png">',
    "image elsewhere, short": '<img src="//evil.example/spy.png" srcset="//evil.example/2.png 2x">',
    "image that asks the host": '<img src="/courses/xblock/PROBLEM/learn/xmodule_handler/problem_check?input_p1_2_1=choice_0">',
    "image that leaves its folder": '<img src="/static/../courses/x/">',
    "focus": f'<p tabindex="0" autofocus onfocus="{RAN}">x</p><input autofocus onfocus="{RAN}">',
    "pointer": f'<b onmouseover="{RAN}" onpointerenter="{RAN}">x</b>',
    "details": f'<details open ontoggle="{RAN}"><summary>s</summary>x</details>',
    "video": f'<video autoplay onloadstart="{RAN}"><source onerror="{RAN}" src="x"></video>',
    "animation": f'<style>@keyframes a{{}}</style><p style="animation:a 1s" onanimationstart="{RAN}">x</p>',
    "link": f'<a href="javascript:{RAN}" id="go">x</a>',
    "link with a tab": f'<a href="java&#9;script:{RAN}">x</a>',
    "link as data": '<a href="data:text/html,<script>window.ran=1</script>">x</a>',
    "link as vbscript": '<a href="vbscript:x">x</a>',
    "form": '<form action="ROLE" method="post"><input name="role" value="coordinator"><button>x</button></form>',
    "form by name": '<button form="f" formaction="ROLE" formmethod="post">x</button><form id="f"></form>',
    "sign-out form": '<form id="out" action="/logout/" method="post"></form><button form="out">x</button>',
    "isindex": '<input type="image" src="x" formaction="ROLE">',
    "base": '<base href="http://evil.example/">',
    "refresh": '<meta http-equiv="refresh" content="0;url=http://evil.example/">',
    "policy": '<meta http-equiv="Content-Security-Policy" content="script-src *">',
    "style sheet": '<link rel="stylesheet" href="STATIC/evil.css"><link rel="prefetch" href="http://evil.example/">',
    "style": "<style>main{display:none!important}body{background:url(http://evil.example/x)}</style>",
    "cover": '<a href="/logout/" style="position:fixed;inset:0;z-index:9999;opacity:0">x</a>',
    "cover by escape": '<a href="/logout/" style="p\\6fsition:fixed;top:0;left:0;width:100%;height:100%">x</a>',
    "cover by class": '<a href="/logout/" class="skip">x</a><div class="menu panel top unseen">x</div>',
    "cover by margin": '<p style="margin-top:-3000px;height:6000px"><a href="/logout/" style="display:block;height:6000px">x</a></p>',
    "picture in a style": '<p style="background-image:url(http://evil.example/x)">x</p>',
    "frame": '<iframe srcdoc="<script>parent.ran=1</script>"></iframe>',
    "frame of the host": '<iframe src="/courses/COURSE/people/"></iframe>',
    "frame as javascript": '<iframe src="javascript:parent.ran=1"></iframe>',
    "object": '<object data="STATIC/evil.html"></object><embed src="STATIC/evil.svg">',
    "svg script": f"<svg><script>{RAN}</script></svg>",
    "svg load": f'<svg onload="{RAN}"></svg>',
    "svg animate": f'<svg><a><animate attributeName="href" values="javascript:{RAN}"/><text>x</text></a></svg>',
    "svg set": f'<svg><set attributeName="onmouseover" to="{RAN}"/></svg>',
    "svg foreign object": f"<svg><foreignObject><img src=x onerror='{RAN}'><div {_POST}>x</div></foreignObject></svg>",
    "svg use": '<svg><use href="http://evil.example/x.svg#a"/></svg>',
    "math": f'<math><mi xlink:href="javascript:{RAN}">x</mi><mtext><img src=x onerror="{RAN}"></mtext></math>',
    "math and style": f"<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror={RAN}&gt;'>",
    "no script": f'<noscript><p title="</noscript><img src=x onerror={RAN}>"></noscript>',
    "comment": f"<!--><img src=x onerror='{RAN}'>-->",
    "conditional": f"<![CDATA[<img src=x onerror='{RAN}'>]]>",
    "block": '<div class="xblock" data-usage-id="x" data-init="alert" data-handlers="ROLE">x</div>',
    "block's arguments": '<script type="application/json" data-xblock-args>{"a":1}</script>',
    "problem": '<div class="problems-wrapper" data-url="ROLE" data-content="&lt;img src=x onerror=window.ran=1&gt;">x</div>',
    "loader of a problem": '<div class="script_placeholder" data-src="STATIC/evil.js"></div>',
    "second courseware": '<div data-courseware data-csrf="x" data-seen="ROLE">x</div>',
    "next": '<a rel="next" href="#">x</a>',
    "uploads": '<div data-ici-uploads data-begin-url="ROLE"><input type="file"></div>',
    "rubric": '<form data-rubric data-save="ROLE"><input name="role" value="coordinator"></form>',
    "names of the page": '<a id="iciWork">x</a><img name="cookie"><a id="jQuery">x</a><form id="main" name="htmx"></form>',
    "voice": '<div role="alert" aria-live="assertive">You are signed out</div>',
    "popover": '<button popovertarget="p">x</button><div id="p" popover>x</div>',
    "editable": '<p contenteditable="true" autofocus>x</p>',
    "dialog": "<dialog open>x</dialog>",
    "custom element": '<x-a is="x-b" onclick="window.ran=1">x</x-a>',
    "portal": '<portal src="/"></portal><fencedframe></fencedframe>',
    "ping": '<a href="#" ping="ROLE">x</a>',
    "old": '<applet code="x"></applet><marquee onstart="window.ran=1">x</marquee><xmp><img src=x></xmp>',
    "raw text": "<textarea></textarea><title></title><img src=x onerror=window.ran=1>",
}

#: A course's own files that would act if a page took them for what they are, or if somebody opened them.
FILES = {
    "static/evil.js": "window.ran = 1;",
    "static/evil.mjs": "window.ran = 1;",
    "static/evil": "window.ran = 1;",
    "static/evil.css": "main { display: none !important; }",
    "static/evil.html": "<script>window.ran = 1; fetch('ROLE', {method: 'POST'})</script>",
    "static/evil.svg": '<svg xmlns="http://www.w3.org/2000/svg"><script>window.ran = 1</script></svg>',
    "static/evil.xml": '<x:script xmlns:x="http://www.w3.org/1999/xhtml">window.ran = 1</x:script>',
    "static/evil.xhtml": '<html xmlns="http://www.w3.org/1999/xhtml"><script>window.ran = 1</script></html>',
    "static/evil.json": "[]",
    "static/evil.swf": "FWS",
    "static/picture.svg": '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><path d="M0 0h9v9z"/></svg>',
    "static/words.vtt": "WEBVTT\n",
    "static/sound.mp3": "ID3",
}

GOOD = """<h2 id="part">A part</h2><p class="purpose">Why <b>this</b> <i>is</i> here, x<sub>1</sub>.</p>
<p><a href="https://example.org/">elsewhere</a> <a href="#part">up</a> <a href="mailto:a@example.org">mail</a></p>
<ul><li>one</li></ul><ol start="3"><li>three</li></ol><dl><dt>t</dt><dd>d</dd></dl><blockquote>q</blockquote>
<div role="region" aria-label="Numbers" tabindex="0" style="overflow-x:auto"><table><caption>c</caption><thead><tr>
<th scope="col">h</th></tr></thead><tbody><tr><td colspan="2">1</td></tr></tbody></table></div>
<figure><img src="/static/picture.svg" alt="A square" width="9" height="9" style="max-width:100%;height:auto">
<figcaption>f</figcaption></figure><details open><summary>s</summary><p>more</p></details><pre><code>a &lt; b</code></pre>
<audio controls src="/static/sound.mp3"></audio>
<video controls preload="none"><track kind="captions" src="/static/words.vtt" srclang="en" label="English"></video>
<p style="text-align:center;color:#333;background-color:rgb(250, 250, 250)">styled</p><hr>"""
