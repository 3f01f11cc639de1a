// What a first visit may weigh, gzip bytes: the page's entry, everything these import before they run, and the view it loads. Not
// counted: the HTML, the API's answers, a language other than English (some 10 KiB), and, for the pages that have them, the files
// that come once the page is drawn. These have a line of their own: `after` is what is there already.
const budgets = [
  { page: 'inbox', files: ['app.js', 'inbox.js'], limit: 40 * 1024 },
  { page: 'when drawn', files: ['rest.js', 'dialogs.js'], after: ['app.js', 'inbox.js'], limit: 17 * 1024 },
  { page: 'answers', files: ['answers.js'], after: ['app.js', 'inbox.js', 'rest.js'], limit: 4 * 1024 },
  { page: 'ideas', files: ['app.js', 'ideas.js'], limit: 36 * 1024 },
  { page: 'reports', files: ['app.js', 'reports.js'], limit: 40 * 1024 },
  { page: 'reports drawn', files: ['more.js'], after: ['app.js', 'reports.js'], limit: 24 * 1024 },
  { page: 'deflection', files: ['deflection.js'], after: ['app.js', 'reports.js'], limit: 10 * 1024 },
  { page: 'articles', files: ['app.js', 'articles.js'], limit: 40 * 1024 },
  { page: 'settings', files: ['app.js', 'settings.js'], limit: 40 * 1024 },
  { page: 'brands', files: ['brands.js'], after: ['app.js', 'settings.js'], limit: 8 * 1024 },
  { page: 'hours', files: ['hours.js'], after: ['app.js', 'settings.js'], limit: 14 * 1024 },
  { page: 'suggestions', files: ['suggestions.js'], after: ['app.js', 'settings.js'], limit: 3 * 1024 },
  { page: 'portal', files: ['portal.js'], limit: 2 * 1024 },
  { page: 'widget', files: ['widget.js'], limit: 8 * 1024 },
  { page: 'widget opened', files: ['widget-panel.js'], limit: 10 * 1024 },
  { page: 'app css', files: ['app.css'], limit: 8 * 1024 },
  { page: 'portal css', files: ['portal.css'], limit: 3 * 1024 },
  { page: 'article css', files: ['article.css'], limit: 1024 },
  { page: 'ideas css', files: ['ideas.css'], limit: 1024 },
  { page: 'question css', files: ['question.css'], limit: 1024 },
];

export function pageSizes(manifest, outputs) {
  const needed = (files) => {
    const found = new Set();
    const visit = (name) => {
      if (found.has(name)) return;
      found.add(name);
      outputs[name].imports.forEach(visit);
    };
    files.forEach((file) => visit(manifest[file]));
    return found;
  };
  return budgets.map(({ page, files, after = [], limit }) => {
    const there = needed(after);
    const gz = [...needed(files)].filter((name) => !there.has(name)).reduce((sum, name) => sum + outputs[name].gz, 0);
    return { page, gz, limit };
  });
}

export const overBudget = (sizes) => sizes.filter((line) => line.gz > line.limit);
