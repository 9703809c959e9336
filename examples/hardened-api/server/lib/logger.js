import winston from "winston";

const SECRET_FIELDS = new Set(["authorization", "cookie", "set-cookie", "password", "token"]);

const redact = winston.format((info) => {
  for (const field of Object.keys(info)) {
    if (SECRET_FIELDS.has(field.toLowerCase())) info[field] = "[redacted]";
  }
  return info;
});

export const logger = winston.createLogger({
  level: process.env.LOG_LEVEL || "info",
  format: winston.format.combine(redact(), winston.format.timestamp(), winston.format.json()),
  transports: [new winston.transports.Console()],
});
