import { idp } from "./idp.js";

const MIN_SECRET_BYTES = 32;

function required(name) {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set`);
  return value;
}

/** A shared secret, base64 in the environment; HS256 wants at least as many bits as its hash. */
function requiredSecret(name) {
  const secret = Buffer.from(required(name), "base64");
  if (secret.length < MIN_SECRET_BYTES) {
    throw new Error(`${name} has fewer than ${MIN_SECRET_BYTES} bytes`);
  }
  return secret;
}

export const config = {
  port: Number(process.env.PORT) || 4000,
  webUrl: required("WEB_URL"),
  smtpUrl: required("SMTP_URL"),
  jwt: {
    secret: requiredSecret("JWT_SECRET"),
    issuer: "https://auth.parceldesk.net",
    audience: "parceldesk-api",
    accessTtl: "15m",
  },
  scannerSecret: requiredSecret("SCANNER_SECRET"),
  idp,
};
