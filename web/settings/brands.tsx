import english from '../locales/en.json?brands';
import looks from '../styles/screens/brands.css?inline';
import { useState } from 'preact/hooks';
import { Field } from '../dialogs/form';
import { type Problem, send, upload } from '../shared/api';
import { addEnglish, t } from '../shared/i18n';
import { addLooks } from '../shared/lazy';
import type { Brand, List, Mailbox } from '../shared/types';
import { isColour, isUsable, textOn } from './accent';
import { Edit } from './edit';
import { attempt, Loading, PageHead, useRead } from './parts';

addEnglish(english);
addLooks(looks);

const ownAccent = '#1f4fd8'; // the program's
const logoOf = (brand: Brand): string => `/api/v1/brands/${brand.id}/logo?version=${brand.version}`;

// The colour as customers see it: a button, and a word of it where it is of no use.
function Accent({ value, problem }: { value: string; problem: Problem | null }) {
  const [accent, setAccent] = useState(value);
  const shown = isColour(accent) ? accent : ownAccent;
  const wrong = problem?.fields.find(({ field }) => field === 'accent')?.message ?? (accent && (!isColour(accent) || !isUsable(accent)) ? t('brands.accent_useless') : '');
  const change = (event: Event): void => setAccent((event.currentTarget as HTMLInputElement).value.trim());
  return (
    <div class="field">
      <label for="accent">{t('brands.accent')}</label>
      <span class="accent">
        <input type="color" aria-label={t('brands.accent_choose')} value={shown.toLowerCase()} onInput={change} />
        <input id="accent" name="accent" value={accent} placeholder={ownAccent} maxLength={7} onInput={change} aria-invalid={wrong ? true : undefined} aria-describedby="accent-said" autocomplete="off" />
        <span class="sample" style={{ background: shown, color: textOn(shown) }} aria-hidden="true">{t('brands.sample')}</span>
      </span>
      <p class={wrong ? 'wrong' : 'hint'} id="accent-said">{wrong || t('brands.accent_hint')}</p>
    </div>
  );
}

function Logo({ brand, onChange }: { brand: Brand; onChange: (brand: Brand) => void }) {
  const set = async (event: Event): Promise<void> => {
    const box = event.currentTarget as HTMLInputElement;
    const file = box.files?.[0];
    if (file) await attempt(async () => onChange(await upload<Brand>(`/brands/${brand.id}/logo`, file, 'PUT')));
    box.value = '';
  };
  return (
    <div class="field">
      <label for="logo">{t('brands.logo')}</label>
      {brand.logo && <span class="logo-now"><img src={logoOf(brand)} alt={t('brands.logo_now')} height="32" /><button class="button" type="button" onClick={() => void attempt(async () => onChange(await send<Brand>('DELETE', `/brands/${brand.id}/logo`)))}>{t('brands.logo_remove')}</button></span>}
      <input id="logo" type="file" accept="image/png,image/jpeg,image/webp" onChange={(event) => void set(event)} aria-describedby="logo-said" />
      <p class="hint" id="logo-said">{t('brands.logo_hint')}</p>
    </div>
  );
}

function EditBrand({ brand, mailboxes, onDone }: { brand: Brand | null; mailboxes: Mailbox[]; onDone: (changed: boolean) => void }) {
  const [now, setNow] = useState(brand);
  const isDefault = brand?.default ?? false;
  const read = (form: FormData): object => {
    const text = (name: string): string => String(form.get(name)).trim();
    return { name: text('name'), accent: text('accent'), back_url: text('back_url'), ...(isDefault ? {} : { host: text('host'), mailboxes: form.getAll('mailboxes') }) };
  };
  return (
    <Edit title={t(brand ? 'brands.edit' : 'brands.add')} list="/brands" id={brand?.id} canRemove={!isDefault} read={read} onDone={() => onDone(true)} onCancel={() => onDone(now !== brand)}>
      {(problem) => (
        <>
          <Field label={t('brands.name')} name="name" required autofocus value={brand?.name ?? ''} problem={problem} />
          {!isDefault && <Field label={t('brands.host')} name="host" required value={brand?.host ?? ''} hint={t('brands.host_hint')} problem={problem} />}
          <Accent value={brand?.accent ?? ''} problem={problem} />
          {now ? <Logo brand={now} onChange={setNow} /> : <p class="hint">{t('brands.logo_later')}</p>}
          <Field label={t('brands.back')} name="back_url" type="url" value={brand?.back_url ?? ''} hint={t('brands.back_hint')} problem={problem} />
          {!isDefault && (
            <fieldset class="days">
              <legend>{t('brands.mailboxes')}</legend>
              {mailboxes.map(({ id, name, address }) => <label key={id} class="switch"><input type="checkbox" name="mailboxes" value={id} defaultChecked={brand?.mailboxes.includes(id)} /><span>{name} <small>{address}</small></span></label>)}
            </fieldset>
          )}
        </>
      )}
    </Edit>
  );
}

export default function Brands() {
  const { data, failed, again } = useRead<List<Brand>>('/brands');
  const mailboxes = useRead<List<Mailbox>>('/mailboxes');
  const [editing, setEditing] = useState<Brand | 'new' | null>(null);
  const done = (changed: boolean): void => { setEditing(null); if (changed) again(); };
  const mailboxNames = (brand: Brand): string => (mailboxes.data?.items ?? []).filter(({ id }) => brand.mailboxes.includes(id)).map(({ name }) => name).join(', ');
  return (
    <>
      <PageHead title={t('settings.brands')} about={t('brands.about')}><button class="button primary" type="button" onClick={() => setEditing('new')}>{t('brands.add')}</button></PageHead>
      {!data ? <Loading failed={failed} again={again} /> : (
        <ul class="card flush things">
          {data.items.map((brand) => (
            <li key={brand.id}>
              <span class="dot" style={{ background: brand.accent || ownAccent }} aria-hidden="true" />
              <span class="about"><strong>{brand.name}</strong><small>{brand.default ? t('brands.everywhere') : brand.host}</small>{!brand.default && <small>{mailboxNames(brand) || t('brands.no_mailboxes')}</small>}</span>
              {brand.default && <span class="chip">{t('brands.default')}</span>}
              <button class="button" type="button" aria-label={t('brands.edit_one', { name: brand.name })} onClick={() => setEditing(brand)}>{t('do.edit')}</button>
            </li>
          ))}
        </ul>
      )}
      {editing && <EditBrand brand={editing === 'new' ? null : editing} mailboxes={mailboxes.data?.items ?? []} onDone={done} />}
    </>
  );
}
