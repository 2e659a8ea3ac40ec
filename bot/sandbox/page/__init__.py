"""The local Slack in the browser: HTML rendered here, a little JavaScript, live by server-sent events.

`mount.mount_page` adds it to the sandbox's server. Reading goes through `screens/` (what the workspace
shows to one person) and `markup/` (Block Kit as HTML, pure functions); what people do goes through the
sandbox's own `/sandbox/...` routes, so the page can do nothing that a plain call could not.
"""
