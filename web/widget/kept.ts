// What the browser keeps of a visitor: one entry in the site's local storage, written only once somebody opened the panel (or was
// shown a survey). Before, and where there is no storage, it lives as long as the page.
export interface OwnQuestion { token: string; subject: string; at: number; seen: number; open: boolean }
export interface Kept {
  visitor: string;
  session: { id: string; at: number };
  draft: string;
  email: string;
  questions: OwnQuestion[];
  surveys: Record<string, number>;
}

const name = 'fifteen';
const idleMs = 30 * 60_000;
const mostQuestions = 20;

// 128 random bits as 22 characters of base64url.
export const randomId = (): string => btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(16)))).replace(/\+/g, '-').replace(/\//g, '_').slice(0, 22);

function stored(): Partial<Kept> | null {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(name) ?? 'null');
    return value && typeof value === 'object' ? (value as Partial<Kept>) : null;
  } catch {
    return null;
  }
}

const fresh = (): Kept => ({ visitor: randomId(), session: { id: randomId(), at: 0 }, draft: '', email: '', questions: [], surveys: {} });

export class Memory {
  private readonly before = stored();
  private may = this.before !== null;
  readonly kept: Kept = { ...fresh(), ...this.before };

  // From now on it may be written.
  allow(): void {
    this.may = true;
    this.save();
  }
  save(change: Partial<Kept> = {}): void {
    Object.assign(this.kept, change);
    this.kept.questions = this.kept.questions.slice(0, mostQuestions);
    if (!this.may) return;
    try {
      localStorage.setItem(name, JSON.stringify(this.kept));
    } catch {
      // Full, or forbidden: this page still knows.
    }
  }
  // A draft's session: a new one once the one before was idle for half an hour or its question sent.
  session(now = Date.now()): string {
    const { session } = this.kept;
    const id = now - session.at > idleMs ? randomId() : session.id;
    this.save({ session: { id, at: now } });
    return id;
  }
  endSession(): void {
    this.save({ session: { id: randomId(), at: 0 } });
  }
  forget(): void {
    Object.assign(this.kept, fresh());
    this.may = false;
    try {
      localStorage.removeItem(name);
    } catch {
      // There is none.
    }
  }
}
