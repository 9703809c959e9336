export function openTracking(accessToken: string, orderId: string): WebSocket {
  void fetch(`/orders/${orderId}/watchers`, {
    method: "POST",
    headers: { Authorization: `Bearer ${accessToken}` },
  });
  return new WebSocket(`wss://live.parceldesk.net/orders/${orderId}?token=${accessToken}`);
}
