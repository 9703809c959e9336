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

/** … and what makes tokens, what they are for, and what a mail says of that. */
const OF_KINDS: Readonly<Partial<Record<string, string>>> = table({
  // Spanish, Portuguese, Italian
  ...said("generate", "generar genera generare gerar gera crear crea creare criar cria"),
  ...said("refresh", "renovacion renovacao actualizacion atualizacao aggiornamento rinnovo"),
  ...said(
    "reset",
    "restablecer restablecimiento reestablecer olvide olvidada redefinir redefinicao esqueci esqueceu reimposta reimpostare ripristino dimenticata",
  ),
  ...said("recovery", "recuperar recupera recuperacion recuperacao recupero"),
  ...said("confirm", "confirmar confirma activar ativar"),
  ...said(
    "confirmation",
    "confirmacion confirmacao conferma activacion ativacao attivazione verificacion verificacao",
  ),
  ...said("invitation", "convite"),
  ...said("login", "ingresar ingreso entrar"),
  ...said("password", "contrasena contrasenia senha"),
  ...said("account", "cuenta conta"),
  ...said("email", "correo"),
  // French, German
  ...said("generate", "generer genere creer erzeuge erzeugen erstelle erstellen generiere"),
  ...said("access", "zugriff zugang"),
  ...said("refresh", "actualisation renouvellement erneuerung aktualisierung"),
  ...said("reset", "reinitialiser reinitialisation oublie zurucksetzen zuruecksetzen vergessen"),
  ...said("confirm", "confirmer activer bestatigen bestaetigen aktivieren"),
  ...said("confirmation", "bestatigung bestaetigung aktivierung verifizierung"),
  ...said("invitation", "einladung"),
  ...said("login", "connexion anmelden anmeldung"),
  ...said("session", "sitzung"),
  ...said("password", "passe mdp passwort kennwort"),
  ...said("account", "compte konto"),
  // Indonesian, Turkish
  ...said("generate", "buat olustur uret"),
  ...said("access", "akses erisim"),
  ...said("refresh", "penyegaran pembaruan yenileme"),
  ...said("reset", "lupa sifirla sifirlama unuttum"),
  ...said("confirm", "onayla"),
  ...said("confirmation", "konfirmasi aktivasi verifikasi onay dogrulama aktivasyon"),
  ...said("invitation", "undangan davet davetiye"),
  ...said("login", "masuk giris"),
  ...said("session", "oturum"),
  ...said("password", "sandi sifre parola"),
  ...said("account", "akun hesap"),
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

/**
 * A name or a short text with the words for kinds of tokens, and for what makes them, in English as well:
 * `generateTokenAccess` for `gerarTokenAcesso`.
 */
export const kindInEnglish = byName((name): string => {
  const words = wordsOf(withoutAccents(name));
  if (!words.some((word) => inKinds(word) !== word)) return inEnglish(name);
  return words
    .map((word) => inKinds(word))
    .map((word, index) => (index === 0 ? word : word.charAt(0).toUpperCase() + word.slice(1)))
    .join("");
});

function inKinds(word: string): string {
  return OF_KINDS[word] ?? WORDS[word] ?? word;
}

/** `contraseña` and `kullanıcı` as they are mostly written in code */
export function withoutAccents(text: string): string {
  return text.normalize("NFD").replaceAll(/\p{M}/gu, "").replaceAll("ı", "i");
}

/** What finds the words in a text that say one of those in English, and these themselves. */
export function saying(...english: readonly string[]): string {
  const others = [WORDS, OF_KINDS].flatMap((words) =>
    Object.keys(words).filter((word) => english.includes(words[word] ?? "")),
  );
  return [...english, ...others].join("|");
}
