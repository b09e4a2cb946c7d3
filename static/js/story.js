// What makes a story more pleasant to read. Each of these says what happens without it.
import "./story/changed.js";
import "./story/embed.js";
import "./story/passages.js";
import "./story/share.js";
