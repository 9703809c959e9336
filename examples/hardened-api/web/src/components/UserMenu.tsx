import { jwtDecode } from "jwt-decode";
import { logout } from "../auth/session";

interface Profile {
  name: string;
  picture?: string;
}

export function UserMenu({ token }: { token: string }) {
  const { name, picture } = jwtDecode<Profile>(token);
  return (
    <div className="user-menu">
      {picture ? <img src={picture} alt="" /> : null}
      <span>{name}</span>
      <button type="button" onClick={() => void logout()}>
        Sign out
      </button>
    </div>
  );
}
