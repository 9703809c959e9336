import { expressJwt } from "./express-jwt.ts";
import { jose } from "./jose.ts";
import { jsonwebtoken } from "./jsonwebtoken.ts";
import { jwksRsa } from "./jwks-rsa.ts";
import { jwtDecode } from "./jwt-decode.ts";
import { nestjsJwt } from "./nestjs-jwt.ts";
import { passportJwt } from "./passport-jwt.ts";
import type { Library } from "./types.ts";

/** Every library the plugin knows. */
export const libraries: readonly Library[] = [
  expressJwt,
  jose,
  jsonwebtoken,
  jwksRsa,
  jwtDecode,
  nestjsJwt,
  passportJwt,
];
