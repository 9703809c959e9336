import axios from "axios";
import { useEffect } from "react";
import { useNavigate, useSearchParams } from "react-router";

/** Where the company directory sends people back to. */
export function SignedIn() {
  const [search] = useSearchParams();
  const navigate = useNavigate();

  useEffect(() => {
    async function finish() {
      const { data } = await axios.post("/auth/token", { code: search.get("code") });
      sessionStorage.setItem(
        "session",
        JSON.stringify({ token: data.access_token, user: data.user }),
      );
      document.cookie = `access_token=${data.access_token}; path=/`;
      await navigate("/");
    }
    void finish();
  }, [navigate, search]);

  return <p>One moment…</p>;
}
