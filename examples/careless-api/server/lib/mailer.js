import nodemailer from "nodemailer";
import { config } from "../../config/index.js";

const transport = nodemailer.createTransport(config.smtpUrl);

export function sendMail(to, subject, text) {
  return transport.sendMail({ from: "Parceldesk <no-reply@parceldesk.net>", to, subject, text });
}
