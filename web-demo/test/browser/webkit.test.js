import { playsIn } from "./starts-cases.js";
import { webkit } from "./webkit.js";

playsIn(webkit);
