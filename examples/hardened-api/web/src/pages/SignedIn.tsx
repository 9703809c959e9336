import { useEffect } from "react";
import { useNavigate } from "react-router";
import { refresh } from "../auth/session";

/** Where the company directory sends people back to; the session cookie is set by then. */
export function SignedIn() {
  const navigate = useNavigate();

  useEffect(() => {
    async function finish() {
      await refresh();
      await navigate("/");
    }
    void finish();
  }, [navigate]);

  return <p>One moment…</p>;
}
