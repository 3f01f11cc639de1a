import { language } from './i18n';
import { session } from './session';

// A problem document (RFC 9457) as an error; status 0 means the server could not be reached.
export class Problem extends Error {
  constructor(readonly status: number, readonly title: string, readonly detail = '', readonly body: Record<string, unknown> = {}, readonly retryAfterSeconds = 0) {
    super(detail || title);
  }
  get fields(): { field: string; message: string }[] {
    return Array.isArray(this.body.errors) ? (this.body.errors as { field: string; message: string }[]) : [];
  }
}

const base = '/api/v1';
const attempts = 4;
const worthRetrying = new Set([0, 429, 502, 503, 504]);

export const retryDelayMs = (attempt: number, random = Math.random()): number => Math.min(8000, 300 * 2 ** attempt) * (0.5 + random / 2);

async function problemOf(reply: Response): Promise<Problem> {
  const body = (await reply.json().catch(() => ({}))) as Record<string, unknown>;
  const text = (value: unknown): string => (typeof value === 'string' ? value : '');
  return new Problem(reply.status, text(body.title) || reply.statusText, text(body.detail), body, Number(reply.headers.get('retry-after')) || 0);
}

async function once(method: string, path: string, init: RequestInit): Promise<Response> {
  const headers = new Headers(init.headers);
  headers.set('accept', 'application/json');
  headers.set('accept-language', language.peek());
  if (method !== 'GET' && session.peek()) headers.set('x-csrf-token', session.peek()!.csrf);
  const reply = await fetch(base + path, { ...init, method, headers, credentials: 'same-origin' }).catch((error: unknown) => {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw new Problem(0, 'unreachable');
  });
  if (reply.ok) return reply;
  const problem = await problemOf(reply);
  if (reply.status === 401 && !path.startsWith('/session') && session.peek()) session.value = null;
  throw problem;
}

const read = async <T>(reply: Response): Promise<T> => (reply.status === 204 ? (undefined as T) : ((await reply.json()) as T));

// Reading may be repeated: lost connections and busy answers are tried again, later each time.
export async function get<T>(path: string, signal?: AbortSignal): Promise<T> {
  for (let attempt = 0; ; attempt++) {
    try {
      return await read<T>(await once('GET', path, signal ? { signal } : {}));
    } catch (error) {
      if (!(error instanceof Problem) || !worthRetrying.has(error.status) || attempt + 1 >= attempts) throw error;
      const pause = Math.max(retryDelayMs(attempt), Math.min(error.retryAfterSeconds, 10) * 1000);
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  }
}

// Writing is said once. A key lets the person say it again after a lost answer without it being done twice.
export async function send<T>(method: 'POST' | 'PUT' | 'PATCH' | 'DELETE', path: string, body?: unknown, key?: string): Promise<T> {
  const headers: Record<string, string> = {};
  if (body !== undefined) headers['content-type'] = 'application/json';
  if (key) headers['idempotency-key'] = key;
  return read<T>(await once(method, path, { headers, body: body === undefined ? null : JSON.stringify(body) }));
}

export async function upload<T>(path: string, file: File, method: 'POST' | 'PUT' = 'POST'): Promise<T> {
  const headers = { 'content-type': file.type || 'application/octet-stream', 'x-file-name': encodeURIComponent(file.name) };
  return read<T>(await once(method, path, { headers, body: file }));
}

export function query(values: Record<string, string | number | null | undefined>): string {
  const given = Object.entries(values).filter(([, value]) => value !== null && value !== undefined && value !== '');
  return given.length ? `?${new URLSearchParams(given.map(([key, value]) => [key, String(value)])).toString()}` : '';
}

export const newKey = (): string => [...crypto.getRandomValues(new Uint32Array(4))].map((n) => n.toString(16).padStart(8, '0')).join('');
