export function openTracking(accessToken: string, orderId: string): WebSocket {
  void fetch(`/orders/${orderId}/watchers`, {
    method: "POST",
    headers: { Authorization: `Bearer ${accessToken}` },
  });
  const socket = new WebSocket(`wss://live.parceldesk.net/orders/${orderId}`);
  socket.addEventListener("open", () => {
    socket.send(JSON.stringify({ type: "hello", token: accessToken }));
  });
  return socket;
}
