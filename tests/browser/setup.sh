#!/bin/sh
# Brings what the browser tests need, where that is possible: Chromium and, from npm, the accessibility checker.
# Never fails: without them these tests are skipped, and say so.
cd "$(dirname "$0")/node" || exit 0
if [ ! -x /usr/bin/chromium ] && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "Installing Chromium for the browser tests …"
    { apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium fonts-noto-color-emoji; } \
        >/dev/null 2>&1 || echo "Chromium could not be installed: the browser tests will be skipped."
fi
if [ ! -d node_modules/axe-core ] && command -v npm >/dev/null; then
    npm install --no-package-lock --ignore-scripts --no-audit --no-fund --silent >/dev/null 2>&1 \
        || echo "axe-core could not be installed: the accessibility tests will be skipped."
fi
exit 0
