import { SignJWT } from "jose";

/** Customers see the tracking page as it will look, before the order is saved. */
export async function previewAddress(orderId: string): Promise<string> {
  const secret = import.meta.env.VITE_PREVIEW_SECRET;
  if (!secret) throw new Error("VITE_PREVIEW_SECRET is not set");
  const token = await new SignJWT({ sub: orderId })
    .setProtectedHeader({ alg: "HS256" })
    .setIssuer("https://app.parceldesk.net")
    .setAudience("preview")
    .setJti(crypto.randomUUID())
    .setIssuedAt()
    .setExpirationTime("10m")
    .sign(new TextEncoder().encode(secret));
  return `https://preview.parceldesk.net/orders?jwt=${token}`;
}
