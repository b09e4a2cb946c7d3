"""What the pages of the desk with an editor may do beyond the policy of all pages."""

from csp.constants import NONCE
from csp.decorators import csp_update

# The one style sheet that the editor writes into the page. It changes with the editor's version;
# the browser tests open the editor and fail on what the policy refuses.
EDITOR_STYLE = "'sha256-PlumsSlvJ7vvWzjqibGAYKq92O3y/4JTxWWsWJvyUYA='"

with_editor_policy = csp_update({"script-src": [NONCE], "style-src": [EDITOR_STYLE]})
