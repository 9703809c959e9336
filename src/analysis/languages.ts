import { byName } from "./memo.ts";
import { table } from "./table.ts";
import { wordsOf } from "./words.ts";

/** What guards and tokens are called in the languages that programs are written in beside English. */
const WORDS: Readonly<Partial<Record<string, string>>> = table({
  // Spanish, Portuguese, Italian
  ...said(
    "verify",
    "verificar verifica verifique verificador verificacion verificacao comprobar comprueba validar valida checar controlla verificare",
  ),
  ...said("protect", "proteger protege protegida protegido proteggi"),
  ...said("require", "exigir exige requerir requiere requer"),
  ...said(
    "authenticate",
    "autenticar autentica autenticado autenticada autenticacion autenticacao autenticazione",
  ),
  ...said("authorize", "autorizar autoriza autorizado autorizacion autorizacao"),
  ...said("optional", "opcional"),
  ...said("required", "obligatorio obligatoria obrigatorio obrigatoria obbligatorio"),
  ...said("access", "acceso acesso accesso"),
  ...said("refresh", "refresco"),
  ...said("session", "sesion sessao"),
  ...said("user", "usuario"),
  // French, German
  ...said("verify", "verifie valider controler pruefe prufe pruefen ueberpruefe validiere"),
  ...said("protect", "schuetze schutze"),
  ...said("authenticate", "authentifier authentifie authentifiziere authentifizieren"),
  ...said("required", "obligatoire requis erforderlich"),
  ...said("token", "jeton"),
  ...said("tokens", "jetons"),
  ...said("access", "acces"),
  ...said("refresh", "rafraichissement"),
  ...said("user", "utilisateur"),
  // Indonesian, Turkish, Polish, Russian
  ...said("verify", "cek periksa validasi verifikasi kontrol dogrula sprawdz proverit"),
  ...said("protect", "lindungi"),
  ...said("authenticate", "autentikasi otentikasi"),
});

function said(english: string, words: string): Record<string, string> {
  return Object.fromEntries(words.split(" ").map((word) => [word, english]));
}

/** The words of a name, with those of other languages in English; the very same list where there are none. */
export const wordsInEnglish = byName((name): readonly string[] => {
  const words = wordsOf(name);
  // In English it is what verifies, and the first word of no function that does.
  const isFrench = words[0] === "verifier" && words.length > 1;
  if (!isFrench && !words.some((word) => WORDS[word] !== undefined)) return words;
  const [first = "", ...rest] = words;
  return [isFrench ? "verify" : first, ...rest].map((word) => WORDS[word] ?? word);
});

/** The name with such words in English: `verifyToken` for `verificarToken`. */
export const inEnglish = byName((name): string => {
  const words = wordsInEnglish(name);
  if (words === wordsOf(name)) return name;
  return words
    .map((word, index) => (index === 0 ? word : word.charAt(0).toUpperCase() + word.slice(1)))
    .join("");
});
