import { createPublicKey, randomUUID } from "node:crypto";
import { EncryptJWT, jwtVerify } from "jose";
import jwt from "jsonwebtoken";
import { config } from "../../config/index.js";
import { tokenHeader } from "./tokens.js";

// Some partners sign with RS256, some with ES256.
export function verifyPartnerToken(token, partner) {
  const { alg } = tokenHeader(token);
  return jwt.verify(token, partner.publicKey, {
    algorithms: [alg],
    issuer: partner.issuer,
    audience: config.jwt.audience,
  });
}

// HS256 is what the directory used before the move, remove it some day.
export function verifyDirectoryToken(token) {
  return jwt.verify(token, config.idp.publicKey, {
    algorithms: ["RS256", "HS256"],
    issuer: /directory\.parceldesk\.net$/,
    audience: config.jwt.audience,
  });
}

// The old intranet signs with the text of the key that the directory gave to everybody.
export async function verifyIntranetToken(token) {
  const { payload } = await jwtVerify(token, new TextEncoder().encode(config.idp.publicKey), {
    algorithms: ["HS256"],
    issuer: config.idp.issuer,
    audience: config.jwt.audience,
  });
  return payload;
}

export function encryptForPartner(claims, partner) {
  return new EncryptJWT(claims)
    .setProtectedHeader({ alg: "RSA1_5", enc: "A256GCM", kid: partner.keyId })
    .setIssuer(config.jwt.issuer)
    .setAudience(partner.issuer)
    .setJti(randomUUID())
    .setIssuedAt()
    .setExpirationTime("5m")
    .encrypt(createPublicKey(partner.encryptionKey));
}
