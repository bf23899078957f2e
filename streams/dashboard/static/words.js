/** Words of the interface in English and Arabic; `word(key)` gives them in the language chosen. */

const WORDS = {
  en: {
    title: 'Incidents', skip: 'Skip to the list', map: 'Map', timeline: 'Timeline', list: 'List',
    csv: 'CSV', geojson: 'GeoJSON', other: 'العربية', live: 'Live', stale: 'Stale: nothing heard for a while',
    disconnected: 'Disconnected, trying again', loading: 'Loading incidents …',
    empty: 'No incident matches these filters.', none: 'No incidents yet.',
    shown: (n, all) => `${n} of ${all} incidents`, shownOfNewest: (n, all) => `${n} of the newest ${all} incidents`, more: 'Show more', unlocated: 'Without coordinates',
    type: 'Type', actor: 'Actor', place: 'Place', article: 'Language of sources', since: 'From', until: 'To',
    translate: 'Needs translation', any: 'Any', yes: 'Yes', no: 'No', reset: 'Clear filters', realis: 'Told as',
    back: 'Back to all incidents', when: 'When', where: 'Where', who: 'Who', toll: 'Toll', means: 'Means',
    tollHistory: 'How the toll went', evidence: 'Evidence', sources: 'Sources', revisions: 'What changed',
    confidence: 'Confidence', conflicts: 'Where sources disagree', otherPlaces: 'Other places', stage: 'Stage',
    needsTranslation: 'Needs translation', understood: 'Target language', revision: 'Revision', withdrawn: 'This incident was withdrawn.',
    unknown: 'There is no such incident.', unstated: 'not stated', independent: (n) => (n === 1 ? '1 source' : `${n} independent sources`),
    precision1: 'town or finer', precision2: 'part of a region', precision3: 'region or country',
    time1: 'exact day', time2: 'within the week', time3: 'within the month or longer',
    supports: 'supports', says: 'says', zoomIn: 'Zoom in', zoomOut: 'Zoom out', world: 'Whole world',
    cluster: (n) => `${n} incidents here; zoom in`, killed: 'killed', injured: 'injured', missing: 'missing',
    abducted: 'abducted', detained: 'detained', displaced: 'displaced', at_least: 'at least', at_most: 'at most',
    about: 'about', exactly: '', unspecified: '', perpetrator: 'perpetrator', claimant: 'claimed by',
    accused: 'accused', accuser: 'accuser', responder: 'responder', target: 'target', victim: 'victim',
    title_kind: 'title', heading: 'heading', paragraph: 'paragraph', social_post: 'embedded post',
    related_link: 'related link', list_item: 'list item', caption: 'caption', boilerplate: 'boilerplate',
    attribution: 'Map: Natural Earth through world-atlas; borders and names as there, without prejudice. Places: GeoNames (CC BY 4.0).',
    brush: 'Drag to choose days; the date fields do the same.',
    actual: 'actual', historical: 'historical', hypothetical: 'hypothetical', denied: 'denied',
  },
  ar: {
    title: 'الحوادث', skip: 'انتقل إلى القائمة', map: 'الخريطة', timeline: 'الخط الزمني', list: 'القائمة',
    csv: 'CSV', geojson: 'GeoJSON', other: 'English', live: 'مباشر', stale: 'متوقف: لا جديد منذ مدة',
    disconnected: 'انقطع الاتصال، تجري إعادة المحاولة', loading: 'جار تحميل الحوادث …',
    empty: 'لا حادث يطابق هذه المرشحات.', none: 'لا حوادث بعد.',
    shown: (n, all) => `${n} من ${all} حادثا`, shownOfNewest: (n, all) => `${n} من أحدث ${all} حادثا`, more: 'عرض المزيد', unlocated: 'بلا إحداثيات',
    type: 'النوع', actor: 'الطرف', place: 'المكان', article: 'لغة المصادر', since: 'من', until: 'إلى',
    translate: 'يحتاج إلى ترجمة', any: 'الكل', yes: 'نعم', no: 'لا', reset: 'إزالة المرشحات', realis: 'صفة الخبر',
    back: 'العودة إلى كل الحوادث', when: 'متى', where: 'أين', who: 'من', toll: 'الحصيلة', means: 'الوسيلة',
    tollHistory: 'تطور الحصيلة', evidence: 'الأدلة', sources: 'المصادر', revisions: 'ما الذي تغير',
    confidence: 'الثقة', conflicts: 'ما تختلف فيه المصادر', otherPlaces: 'أماكن أخرى', stage: 'المرحلة',
    needsTranslation: 'يحتاج إلى ترجمة', understood: 'بلغة الهدف', revision: 'المراجعة', withdrawn: 'سُحب هذا الحادث.',
    unknown: 'لا يوجد حادث كهذا.', unstated: 'غير مذكور', independent: (n) => (n === 1 ? 'مصدر واحد' : n === 2 ? 'مصدران مستقلان' : `${n} مصادر مستقلة`),
    precision1: 'بلدة أو أدق', precision2: 'جزء من منطقة', precision3: 'منطقة أو بلد',
    time1: 'اليوم بعينه', time2: 'خلال الأسبوع', time3: 'خلال الشهر أو أكثر',
    supports: 'يدعم', says: 'يقول', zoomIn: 'تكبير', zoomOut: 'تصغير', world: 'العالم كله',
    cluster: (n) => `${n} حوادث هنا، كبّر الخريطة`, killed: 'قتلى', injured: 'جرحى', missing: 'مفقودون',
    abducted: 'مخطوفون', detained: 'معتقلون', displaced: 'نازحون', at_least: 'على الأقل', at_most: 'على الأكثر',
    about: 'نحو', exactly: '', unspecified: '', perpetrator: 'الفاعل', claimant: 'تبنّاه',
    accused: 'متهم', accuser: 'صاحب الاتهام', responder: 'المستجيب', target: 'الهدف', victim: 'الضحية',
    title_kind: 'عنوان', heading: 'عنوان فرعي', paragraph: 'فقرة', social_post: 'منشور مضمّن',
    related_link: 'رابط ذو صلة', list_item: 'بند', caption: 'تعليق صورة', boilerplate: 'نص ثابت',
    attribution: 'الخريطة: Natural Earth عبر world-atlas، والحدود والأسماء كما وردت فيها دون حكم مسبق. الأماكن: GeoNames (CC BY 4.0).',
    brush: 'اسحب لاختيار الأيام، أو استعمل حقلي التاريخ.',
    actual: 'وقع', historical: 'سابق', hypothetical: 'محتمل', denied: 'منفي',
  },
};

let chosen = 'en';

/** Choose the interface language ('en' or 'ar') and turn the page to its direction. */
export function speak(language) {
  chosen = language in WORDS ? language : 'en';
  document.documentElement.lang = chosen;
  document.documentElement.dir = chosen === 'ar' ? 'rtl' : 'ltr';
  for (const node of document.querySelectorAll('[data-i18n]')) node.textContent = word(node.dataset.i18n);
  for (const node of document.querySelectorAll('[data-i18n-label]')) {
    node.setAttribute('aria-label', word(node.dataset.i18nLabel));
  }
  const button = document.getElementById('language');
  button.textContent = word('other');
  button.lang = chosen === 'ar' ? 'en' : 'ar';
  document.title = word('title');
}

/** The language of the interface. */
export const language = () => chosen;

/** The word for a key in the language chosen; the key itself where there is none. */
export function word(key, ...values) {
  const found = WORDS[chosen][key] ?? key;
  return typeof found === 'function' ? found(...values) : found;
}

/** A day as the reader writes it, digits kept Latin. */
export function day(iso) {
  const format = new Intl.DateTimeFormat(`${chosen}-u-nu-latn`, { dateStyle: 'medium', timeZone: 'UTC' });
  return format.format(new Date(`${iso.slice(0, 10)}T00:00:00Z`));
}

/** A moment as the reader writes it, in UTC. */
export function moment(iso) {
  const format = new Intl.DateTimeFormat(`${chosen}-u-nu-latn`, {
    dateStyle: 'medium', timeStyle: 'short', timeZone: 'UTC',
  });
  return `${format.format(new Date(iso))} UTC`;
}
