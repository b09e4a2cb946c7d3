// What makes a conversation quicker to use. Each of these says what happens without it.
import "./comments/respect.js";
import "./comments/hide.js";
import "./comments/news.js";
