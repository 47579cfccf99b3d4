import { firefox } from "./firefox.js";
import { playsIn } from "./starts-cases.js";

playsIn(firefox);
