import { startClock } from "./tokens.ts";

startClock();
