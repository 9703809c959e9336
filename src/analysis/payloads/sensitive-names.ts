import { byName } from "../memo.ts";
import { wordsOf } from "../words.ts";

/**
 * What a name says that it holds: a secret that nobody but its owner may read, or something about a
 * person. The meaning of a compound is in its last word: a `passwordHash` stands for the password, a
 * `passwordVersion` is a version, and `hasPassword` is an answer.
 */
export type Sensitivity = "secret" | "personal";

/** `resetPassword`, `isPinSet`: what begins so is a question, a switch or a deed, not the thing. */
const DEED =
  /^(?:is|has|have|had|was|no|not|can|must|should|needs?|requires?|required|reset|forgot|forgotten|change|update|set|with|without|use|uses|using|allow|skip|via|by|show|lost|verify|verified|expires?|public|publishable|masked|redacted|max|min)$/u;

/** What is called a password. Names are compared without case and separators, so that `api_key` and `apiKey` are one. */
const PASSWORDS: readonly RegExp[] = [
  /(?:password|passwd|passphrase|passcode|pwd|contrasena|passwort|kennwort|motdepasse|wachtwoord)(?:hash|hashed|salt|digest|encrypted|plain|plaintext|confirm|confirmation|repeat|\d)*$/u,
  // Words of one language for it that mean other things in another only count by themselves.
  /^(?:senha|clave|mdp|parola|sifre|matkhau|katasandi)$/u,
  // Short forms for it count by themselves, too: a boarding pass is none.
  /^(?:user|hashed)?(?:pass|pswd|psw|passwrd|passhash)$/u,
];

/** Whether a text may hold the name of a password or of a PIN at all: asked before anything else is. */
export const MAY_NAME_PASSWORDS =
  /pass|pwd|pin\b|contrasena|kennwort|wachtwoord|senha|clave|mdp|parola|sifre|mat_?khau|kata_?sandi/iu;

const PIN =
  /^(?:(?:user|card|security|login|transaction|access|hashed|encrypted|plain|atm|upi|sim|m)?pin)(?:hash)?$/u;

/** What is sent to somebody once, to see that it reaches him. */
const ONE_TIME_CODES: readonly RegExp[] = [
  /^(?:email|sms|phone|login|user|hashed|generated|my|new)?t?otp(?:code|value)?$/u,
  /^(?:email|sms|phone)?(?:activation|verification|mfa|twofactor|2fa|onetime|recovery|backup)codes?$/u,
];

const SECRETS: readonly RegExp[] = [
  ...PASSWORDS,
  ...ONE_TIME_CODES,
  /secret(?:hash|key|accesskey)?$/u,
  /(?:api|private|priv|encryption|decryption|master|signing|ssh)key$/u,
  PIN,
  /(?:access|refresh|oauth|bearer|api|bot)tokens?$/u,
  // What a provider has given to act for somebody.
  /^(?:provider|idp)tokens?$/u,
  /^(?:user)?(?:github|gitlab|google|facebook|twitter|discord|slack|spotify|microsoft|linkedin|twitch|instagram|shopify|notion|dropbox|strava)tokens?$/u,
  /^(?:\w*(?:credit|debit|bank|payment)card|\w*(?:card|cc)(?:number|num|no))$/u,
  /^(?:card)?(?:cvv2?|cvc2?|securitycode)$/u,
  /^(?:user)?(?:ssn|socialsecurity(?:number|no|num)?)$/u,
  /^(?:mnemonic|seedphrase|(?:security|secret)answer|passwordanswer)$/u,
];

/** The surest of them: a value that goes by such a name is one, whatever it is put under. */
const SURE_SECRETS: readonly RegExp[] = [
  /(?:password|passwd|passphrase|pwd)(?:hash|hashed|salt|encrypted|plain|plaintext)?$/u,
  /(?:private|priv|secret|encryption)key$/u,
  /(?:access|refresh)token$/u,
  /^(?:card)?(?:cvv2?|cvc2?)$/u,
  /^\w*(?:card|cc)number$/u,
  /^(?:ssn|socialsecuritynumber)$/u,
];

/** Members of a database record that hold secrets beside those that go by the names above. */
const RECORD_SECRETS =
  /^(?:hash|salt|hashedpw|pass|passhash|passwordresettoken|resetpasswordtoken|resettoken)$/u;

const PERSONAL: readonly RegExp[] = [
  /^(?:\w*(?:phone|mobile|telephone|cell))(?:number|no|num)?$/u,
  /^(?:home|street|postal|billing|shipping|mailing|residential|user)?address(?:line)?\d?$/u,
  /^(?:user|work|private|personal|contact)?e?mail(?:address)?$/u,
  /^(?:dateofbirth|birthdate|birthday|dob|birthyear)$/u,
  /^(?:gender|sex|religion|ethnicity|race|nationality|maritalstatus)$/u,
  /^(?:salary|income|diagnosis|medical\w*|health\w*|bloodtype|disability)$/u,
  /^(?:passport|nationalid|tax|taxpayer|driver'?s?licen[cs]e|aadhaar|aadhar|identitycard|idcard)(?:number|no|num|id)?$/u,
  /^(?:iban|(?:bank)?account(?:number|no)|routingnumber)$/u,
  /^(?:user|client|remote)?ip(?:address)?$/u,
  /^(?:latitude|longitude|geolocation)$/u,
];

/** @returns what a member or claim of this name holds, if it is anything to hide */
export const sensitivityOf = byName((name): Sensitivity | undefined => {
  const plain = plainName(name);
  if (isDeed(name)) return undefined;
  if (SECRETS.some((pattern) => pattern.test(plain))) return "secret";
  return PERSONAL.some((pattern) => pattern.test(plain)) ? "personal" : undefined;
});

/** `password`, `newPassword`, `senha`; not `hasPassword` */
export const isPasswordName = byName(
  (name): boolean => !isDeed(name) && PASSWORDS.some((pattern) => pattern.test(plainName(name))),
);

/** What people type in to sign in, which may be digits alone: a password or a PIN. */
export const isTypedIn = byName(
  (name): boolean => isPasswordName(name) || (!isDeed(name) && PIN.test(plainName(name))),
);

/** `otp`, `verificationCode`; not `hasOtp` */
export const isOneTimeCode = byName(
  (name): boolean =>
    !isDeed(name) && ONE_TIME_CODES.some((pattern) => pattern.test(plainName(name))),
);

export const isSureSecret = byName((name): boolean => {
  return !isDeed(name) && SURE_SECRETS.some((pattern) => pattern.test(plainName(name)));
});

/** Is it a secret where it is a member of a database record? */
export const isRecordSecret = byName((name): boolean => {
  return sensitivityOf(name) === "secret" || RECORD_SECRETS.test(plainName(name));
});

/** `access_token` and `accessToken` as `accesstoken`. */
export const plainName = byName((name): string => {
  return name.replaceAll(/[^a-z\d]/giu, "").toLowerCase();
});

function isDeed(name: string): boolean {
  const words = wordsOf(name);
  const [first] = words;
  return words.length > 1 && first !== undefined && DEED.test(first);
}

/** In the languages that programs are written in, too. */
const PERSON =
  /^(?:usuario|cliente|persona|pessoa|empleado|funcionario|alumno|aluno|estudiante|utilisateur|utilizador|benutzer|kunde|utente|kullanici|pengguna|gebruiker|uzytkownik|user|account|member|admin|administrator|customer|client|employee|staff|student|teacher|tutor|doctor|patient|driver|rider|vendor|seller|buyer|owner|author|person|people|profile|subscriber|operator|participant|candidate|applicant|guest|player|superadmin)e?s?$/u;

/** Words after the one that says what a model is about: `UserModel`, `usersRepository`, `userDoc`. */
const STORE =
  /^(?:model|models|entity|repo|repository|dao|collection|schema|table|tbl|doc|document|record|row|data|info|details|object|obj|instance|json|db)$/u;

/** Do records of this model, table or name stand for people who sign in? `User`, `tbl_users`. */
export const namesPeople = byName((name): boolean => {
  const words = wordsOf(name).filter((word) => !STORE.test(word));
  const head = words.at(-1);
  return head !== undefined && PERSON.test(head);
});
