// What every page has. Each of these says what happens without it.
import "./site/theme.js";
import "./site/offline.js";
