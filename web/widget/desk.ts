// Talking to the help desk, from any page: no cookie, no header that a browser would ask leave for.
export class Refusal extends Error {
  constructor(readonly status: number, detail: string) { // 0: not reached
    super(detail);
  }
}

export class Desk {
  constructor(readonly origin: string, private readonly key: string) {}

  get<T>(path: string, query: Record<string, string> = {}, signal?: AbortSignal): Promise<T> {
    return this.ask<T>(`${path}?${new URLSearchParams({ key: this.key, ...query })}`, signal ? { signal } : {});
  }
  post<T>(path: string, body: object, init: RequestInit = {}): Promise<T> {
    return this.ask<T>(path, { method: 'POST', body: JSON.stringify({ key: this.key, ...body }), ...init });
  }

  private async ask<T>(path: string, init: RequestInit): Promise<T> {
    const reply = await fetch(`${this.origin}/api/v1/${path}`, { credentials: 'omit', referrerPolicy: 'no-referrer', ...init }).catch((error: unknown) => {
      if (error instanceof DOMException && error.name === 'AbortError') throw error;
      throw new Refusal(0, '');
    });
    if (reply.status === 204) return undefined as T;
    const body = (await reply.json().catch(() => ({}))) as T & { detail?: string; errors?: { field: string; message: string }[] };
    if (reply.ok) return body;
    if (reply.status === 403) console.warn(`Fifteen: ${body.detail}`);
    throw new Refusal(reply.status, body.detail ?? body.errors?.map(({ field, message }) => `${field}: ${message}`).join(' ') ?? '');
  }
}
