// What the classic script puts on the page: the global `StentorPlayer`, and the element.

import "./element.js";
import { StentorPlayer } from "./player.js";

Object.assign(globalThis, { StentorPlayer });
