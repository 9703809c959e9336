import { idp } from "./idp.js";

export const config = {
  port: Number(process.env.PORT) || 4000,
  webUrl: process.env.WEB_URL || "https://app.parceldesk.net",
  smtpUrl: process.env.SMTP_URL || "smtp://localhost:1025",
  jwt: {
    secret: process.env.JWT_SECRET || "parceldesk-dev",
    issuer: "https://auth.parceldesk.net",
    audience: "parceldesk-api",
    accessTtl: "90d",
  },
  realtimeKey: "eUreKBNU5zd0uma0F4OHe+i5VH2tGDUd9TiscEs+aJ8Q/zel2yrbhXwRF2ExTPIb",
  idp,
};
