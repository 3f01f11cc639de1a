import english from '../locales/en.json?articles,composer,field';
import looks from '../styles/screens/articles.css?inline';
import { useEffect, useState } from 'preact/hooks';
import { get } from '../shared/api';
import { addEnglish } from '../shared/i18n';
import { addLooks } from '../shared/lazy';
import { place } from '../shared/router';
import type { ArticleCategory, List } from '../shared/types';
import { Editor } from './editor';
import { ArticleList } from './list';

addEnglish(english);
addLooks(looks);

export default function Articles() {
  const [categories, setCategories] = useState<readonly ArticleCategory[]>([]);
  const read = (): void => { get<List<ArticleCategory>>('/article-categories').then((list) => setCategories(list.items), () => {}); };
  useEffect(read, []);
  const id = place.value.parts[1];
  return (
    <main class={`view articles ${id ? 'one' : ''}`}>
      {id ? <Editor key={id} id={id} categories={categories} onCategories={read} /> : <ArticleList categories={categories} onCategories={read} />}
    </main>
  );
}
