import { randomUUID } from "node:crypto";
import { jwtVerify, SignJWT } from "jose";
import { config } from "../../config/index.js";
import { logger } from "./logger.js";

const ISSUER = "parceldesk-warehouse";
const AUDIENCE = "scanners";
const TYPE = "scanner+jwt";

export function scannerToken(scanner) {
  return new SignJWT({ sub: scanner.id })
    .setProtectedHeader({ alg: "HS256", typ: TYPE })
    .setIssuer(ISSUER)
    .setAudience(AUDIENCE)
    .setJti(randomUUID())
    .setIssuedAt()
    .setExpirationTime("10m")
    .sign(config.scannerSecret);
}

export async function isScannerToken(token) {
  try {
    await jwtVerify(token, config.scannerSecret, {
      algorithms: ["HS256"],
      issuer: ISSUER,
      audience: AUDIENCE,
      typ: TYPE,
      maxTokenAge: "10m",
      requiredClaims: ["exp", "jti"],
    });
    return true;
  } catch (error) {
    logger.warn("scanner refused", { reason: error.code });
    return false;
  }
}
