import { randomUUID } from "node:crypto";
import { createRemoteJWKSet, decodeJwt, EncryptJWT, importJWK, jwtVerify } from "jose";
import { config } from "../../config/index.js";

const directoryKeys = createRemoteJWKSet(new URL(config.idp.jwksUri));

const partners = new Map(
  [
    { issuer: "https://haulfast.net", jwks: "https://haulfast.net/.well-known/jwks.json" },
    { issuer: "https://northsea-freight.net", jwks: "https://keys.northsea-freight.net/jwks" },
  ].map(({ issuer, jwks }) => [issuer, { issuer, keys: createRemoteJWKSet(new URL(jwks)) }]),
);

/** The issuer only picks which of the known partners has to have signed. */
export async function verifyPartnerToken(token) {
  const { iss } = decodeJwt(token);
  const partner = partners.get(iss);
  if (partner === undefined) throw new Error("unknown partner");
  const { payload } = await jwtVerify(token, partner.keys, {
    algorithms: ["RS256", "ES256"],
    issuer: partner.issuer,
    audience: config.jwt.audience,
    typ: "event+jwt",
    maxTokenAge: "5m",
    requiredClaims: ["exp", "jti"],
  });
  return payload;
}

export async function verifyDirectoryToken(token) {
  const { payload } = await jwtVerify(token, directoryKeys, {
    algorithms: ["RS256"],
    issuer: config.idp.issuer,
    audience: config.jwt.audience,
    typ: "JWT",
    maxTokenAge: "5m",
    requiredClaims: ["exp"],
  });
  return payload;
}

export async function encryptForPartner(claims, partner) {
  return new EncryptJWT(claims)
    .setProtectedHeader({ alg: "RSA-OAEP-256", enc: "A256GCM", kid: partner.keyId })
    .setIssuer(config.jwt.issuer)
    .setAudience(partner.issuer)
    .setJti(randomUUID())
    .setIssuedAt()
    .setExpirationTime("5m")
    .encrypt(await importJWK(partner.encryptionKey, "RSA-OAEP-256"));
}
