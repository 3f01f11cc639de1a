import english from '../locales/en.json?embed,field';
import { useState } from 'preact/hooks';
import { Field } from '../dialogs/form';
import { send } from '../shared/api';
import { addEnglish, t } from '../shared/i18n';
import { messageTime } from '../shared/time';
import { tell } from '../shared/toasts';
import type { List, WidgetKey } from '../shared/types';
import { Edit, SecretOnce } from './edit';
import { attempt, Loading, PageHead, useRead } from './parts';
import { contentPolicy, signing, snippet } from './snippets';

addEnglish(english);

interface Brand { id: string; name: string }

function EditSite({ site, brands, onDone, onCancel }: { site: WidgetKey | null; brands: Brand[]; onDone: (made?: WidgetKey) => void; onCancel: () => void }) {
  const read = (form: FormData): object => ({ name: form.get('name'), origins: String(form.get('origins')).split(/\s+/).filter(Boolean), brand: form.get('brand') || null });
  return (
    <Edit<WidgetKey> title={t(site ? 'embed.edit' : 'embed.add')} list="/widget-keys" id={site?.id} canRemove read={read} onDone={onDone} onCancel={onCancel}>
      {(problem) => (
        <>
          <Field label={t('embed.name')} name="name" required autofocus value={site?.name ?? ''} problem={problem} />
          <Field label={t('embed.origins')} name="origins" rows={3} required value={site?.origins.join('\n') ?? ''} hint={t('embed.origins_hint')} problem={problem} />
          {brands.length > 1 && (
            <div class="field">
              <label for="widget-brand">{t('embed.brand')}</label>
              <select id="widget-brand" name="brand" defaultValue={site?.brand ?? ''}>
                <option value="" selected={!site?.brand}>{t('embed.brand_own')}</option>
                {brands.map((brand) => <option key={brand.id} value={brand.id} selected={site?.brand === brand.id}>{brand.name}</option>)}
              </select>
            </div>
          )}
        </>
      )}
    </Edit>
  );
}

function Code({ text, label }: { text: string; label: string }) {
  const copy = (): void => void navigator.clipboard.writeText(text).then(() => tell(t('embed.copied')), () => {});
  return (
    <div class="copied">
      <pre tabIndex={0} role="group" aria-label={label} lang=""><code>{text}</code></pre>
      <button class="button" type="button" onClick={copy}>{t('embed.copy')}</button>
    </div>
  );
}

// What goes into the site's pages, its policy and its server.
function Setup({ site }: { site: WidgetKey }) {
  return (
    <div class="setup">
      <p>{t('embed.snippet')}</p>
      <Code text={snippet(location.origin, site.key)} label={t('embed.setup')} />
      <p>{t('embed.csp')}</p>
      <Code text={contentPolicy(location.origin)} label="Content-Security-Policy" />
      <p>{t('embed.identify')}</p>
      {signing.map(({ language, code }) => <details key={language}><summary lang="">{language}</summary><Code text={code} label={language} /></details>)}
    </div>
  );
}

function Site({ site, onEdit, onSecret }: { site: WidgetKey; onEdit: () => void; onSecret: (made: WidgetKey) => void }) {
  const [open, setOpen] = useState(false);
  const rotate = (): Promise<boolean> => attempt(async () => onSecret(await send<WidgetKey>('POST', `/widget-keys/${site.id}/secret`)));
  return (
    <li>
      <span class="about"><strong lang="">{site.name}</strong>
        <small lang="">{site.origins.join(', ')}</small>
        <small><code>{site.key}</code></small>
        {site.former_secret_until && new Date(site.former_secret_until) > new Date() && <small>{t('embed.rotated_until', { time: messageTime(site.former_secret_until) })}</small>}
      </span>
      <button class="button" type="button" aria-expanded={open} onClick={() => setOpen(!open)}>{t('embed.setup')}</button>
      <a class="button" href={`/help/widget-example?key=${site.key}`} target="_blank">{t('embed.example')}</a>
      <button class="button" type="button" onClick={() => void rotate()}>{t('embed.rotate')}</button>
      <button class="button" type="button" aria-label={t('embed.edit_one', { name: site.name })} onClick={onEdit}>{t('do.edit')}</button>
      {open && <Setup site={site} />}
    </li>
  );
}

export default function Sites() {
  const { data, failed, again } = useRead<List<WidgetKey>>('/widget-keys');
  const brands = useRead<List<Brand>>('/brands').data?.items ?? [];
  const [editing, setEditing] = useState<WidgetKey | 'new' | null>(null);
  const [secret, setSecret] = useState<string | null>(null);
  const done = (made?: WidgetKey): void => { setEditing(null); setSecret(made?.secret ?? null); again(); };
  return (
    <>
      <PageHead title={t('settings.widget')} about={t('embed.about')}><button class="button primary" type="button" onClick={() => setEditing('new')}>{t('embed.add')}</button></PageHead>
      {!data ? <Loading failed={failed} again={again} /> : (
        <ul class="card flush things">
          {data.items.map((site) => <Site key={site.id} site={site} onEdit={() => setEditing(site)} onSecret={done} />)}
          {data.items.length === 0 && <li><span class="about">{t('embed.none')}</span></li>}
        </ul>
      )}
      {editing && <EditSite site={editing === 'new' ? null : editing} brands={brands} onDone={done} onCancel={() => setEditing(null)} />}
      {secret && <SecretOnce title={t('embed.secret')} about={t('embed.secret_once')} secret={secret} onClose={() => setSecret(null)} />}
    </>
  );
}
