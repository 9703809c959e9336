import { api } from "../api";

/** Customers see the tracking page as it will look, before the order is saved. */
export async function previewAddress(orderId: string): Promise<string> {
  const { id } = await api<{ id: string }>(`/orders/${orderId}/previews`, { method: "POST" });
  return `https://preview.parceldesk.net/orders/${id}`;
}
