//! The catalogue: every code, its level, the exit code it leads to, and its words.
//!
//! A table and its look-up. The macro makes the enum and the rows from one list, so that a code
//! without words does not compile.

/// How bad a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// Worth knowing.
    Note,
    /// The edition is made; someone should look.
    Warning,
    /// No edition is made.
    Error,
}

/// One row of the catalogue.
#[derive(Debug)]
pub(super) struct Row {
    pub(super) id: &'static str,
    pub(super) level: Level,
    pub(super) exit: u8,
    pub(super) zh: (&'static str, &'static str),
    pub(super) en: (&'static str, &'static str),
}

macro_rules! catalogue {
    ($($(#[doc = $doc:literal])* $name:ident $id:literal $level:ident $exit:literal
        $zh:literal $zh_hint:literal $en:literal $en_hint:literal)*) => {
        /// A kind of finding; its id is stable and is what scripts look for.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code {
            $($(#[doc = $doc])* $name,)*
        }

        impl Code {
            /// Every code, in the order of the catalogue.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            pub(super) const fn row(self) -> &'static Row {
                match self {
                    $(Self::$name => &Row {
                        id: $id,
                        level: Level::$level,
                        exit: $exit,
                        zh: ($zh, $zh_hint),
                        en: ($en, $en_hint),
                    },)*
                }
            }
        }
    };
}

catalogue! {
    /// An input that is not there.
    InputMissing "ingest::missing" Error 4
        "找不到“{path}”" "请检查文件名和所在的文件夹"
        "“{path}” does not exist" "check the name and the folder it is in"
    /// An input the system does not let us read.
    InputUnreadable "ingest::unreadable" Error 4
        "无法读取“{path}”：{reason}" "请检查文件的权限，或是否被其他程序占用"
        "“{path}” cannot be read: {reason}" "check its permissions, and whether another program holds it"
    /// An input without any text.
    InputEmpty "ingest::empty" Error 4
        "“{path}”里没有文字" "请确认文章已保存，再运行一次"
        "there is no text in “{path}”" "make sure the article has been saved, then run again"
    /// An input that is not text at all.
    InputBinary "ingest::binary" Error 4
        "“{path}”不是文本文件（第 {offset} 个字节是 0x{byte}，看来是{kind}）" "请用原来的软件打开，另存为纯文本（.txt）后再试"
        "“{path}” is not a text file (byte {offset} is 0x{byte}; it looks like {kind})" "open it in the program it came from and save it as plain text (.txt)"
    /// Bytes that are no text in any encoding we know.
    InputEncoding "ingest::encoding" Error 4
        "“{path}”第 {line} 行（第 {offset} 个字节）起有乱码，不是 {tried} 中任何一种编码的文字" "请用编辑器打开，另存为 UTF-8 后再试"
        "“{path}” is not valid text in any of {tried} from line {line} (byte {offset}) on" "open it in an editor and save it as UTF-8"
    /// A file larger than the limit.
    InputTooLarge "ingest::too-large" Error 4
        "“{path}”有 {size} MB，超过上限 {limit} MB" "请把它分成几篇文章"
        "“{path}” is {size} MB, over the limit of {limit} MB" "split it into several articles"
    /// A file of a kind that is not read.
    InputFormat "ingest::format" Error 4
        "还不能读取“{path}”这种格式" "可读的格式：{formats}；.doc、.wps 等请先用 Word 或 WPS 另存为 .docx"
        "files like “{path}” cannot be read yet" "formats that are read: {formats}; save .doc and the like as .docx first"
    /// Something in a file that is not carried yet.
    InputUnsupported "ingest::unsupported" Error 4
        "这里有{what}，还不能排进版面" "请先去掉它，或改写成文字"
        "there is {what} here, which cannot be carried yet" "take it out, or write it as words"
    /// Links of a saved page that does not say where it was.
    LinksRelative "ingest::relative-links" Note 0
        "网页没有写明自己的网址，{count} 个相对链接只保留了文字" "需要这些链接的话，请在网页的 <head> 里加上 <base href=\"…\">"
        "the page does not say where it was; of {count} relative link(s) only the words were kept" "if the links matter, add <base href=\"…\"> to the page's <head>"
    /// A picture on the network: nothing is fetched.
    ImageRemote "image::remote" Warning 0
        "图片“{path}”在网上，qikan 不联网，没有取来" "请把图片存到文章所在的文件夹里，并改成它的文件名"
        "the picture “{path}” is on the network, which qikan never uses" "save it in the article's folder and refer to it by its file name"
    /// A picture that is not there.
    ImageMissing "image::missing" Warning 0
        "找不到图片“{path}”" "请检查文件名；图片要放在文章所在的文件夹里，或这一期的文件夹里"
        "the picture “{path}” does not exist" "check its name; pictures stand in the folder of the article or of the issue"
    /// A picture outside the folder of the article and of its issue.
    ImageOutside "image::outside" Warning 0
        "图片“{path}”不在这一期的文件夹里，没有读取" "请把图片复制到文章所在的文件夹里，再改成它的文件名"
        "the picture “{path}” is outside the folder of the issue and was not read" "copy it into the article's folder and refer to it by its file name"
    /// A picture over the limit.
    ImageTooLarge "image::too-large" Warning 0
        "图片“{path}”超过上限（{limit} MB 或两亿像素）" "请缩小后再用"
        "the picture “{path}” is over the limit ({limit} MB or 200 million pixels)" "make it smaller"
    /// A picture of a kind that is not read.
    ImageFormat "image::format" Warning 0
        "无法识别图片“{path}”的格式" "请另存为 JPEG 或 PNG"
        "“{path}” is not a picture in a format that can be read" "save it as JPEG or PNG"
    /// A picture that is damaged.
    ImageBroken "image::broken" Warning 0
        "图片“{path}”已损坏，无法完整读出（{reason}）" "请重新导出或重新保存这张图片"
        "the picture “{path}” is damaged and cannot be read to its end ({reason})" "export or save it again"
    /// A picture that an edition cannot do without.
    ImageLost "image::lost" Error 1
        "版面上缺少图片：{path}" "请补上图片，或用 --set images.missing=warn 先不带图"
        "missing from the pages: {path}" "supply the pictures, or go on without them by --set images.missing=warn"
    /// A manuscript that is there already.
    ImportExists "import::exists" Error 4
        "“{path}”已经存在，内容不同，没有改动它" "请用 -o 指定另一个文件夹，或先把它移走"
        "“{path}” exists and says something else; it was left alone" "name another folder with -o, or move the file away first"
    /// Two articles that would be written to one file.
    ImportClash "import::clash" Error 4
        "两篇文章都要写成“{path}”" "请分开导入，或用 -o 分别指定文件夹"
        "two articles would both become “{path}”" "import them one by one, or name a folder for each with -o"
    /// A Word file that is damaged, or none.
    DocxBroken "docx::broken" Error 4
        "“{path}”不是完整的 Word 文件：{reason}" "请用 Word 或 WPS 打开，另存为 .docx 后再试；.doc 也要先另存"
        "“{path}” is not a complete Word file: {reason}" "open it in Word or WPS and save it again as .docx"
    /// A Word file over a limit.
    DocxLimit "docx::limit" Error 4
        "“{path}”超过读取的上限：{reason}" "请把它分成几篇文章，或用 Word 另存一次"
        "“{path}” is over a limit: {reason}" "split it into several articles, or save it again in Word"
    /// A section that has no articles.
    EmptySection "manifest::empty-section" Warning 0
        "栏目“{name}”没有文章，已略去" "请在 articles 里写上文件名，或删去这个栏目"
        "the section “{name}” has no articles and was left out" "name its files in articles, or remove the section"
    /// A picture of which nobody says what it shows.
    ImageNoAlt "image::no-alt" Warning 0
        "图片“{path}”没有替代文字" "请写明图上是什么：![说明]({path})；只是装饰的，用 <img src=\"{path}\" alt=\"\">"
        "the picture “{path}” has no text to stand for it" "say what it shows: ![words]({path}); for decoration write <img src=\"{path}\" alt=\"\">"
    /// A picture that is larger on the page than its pixels allow.
    LowResolution "image::low-resolution" Warning 0
        "图片“{path}”在第 {page} 页只有每英寸 {resolution} 像素" "请换一张更大的；阅读用不少于 100，印刷用不少于 250"
        "the picture “{path}” has {resolution} pixels an inch on page {page}" "use a larger one: 100 at least for reading, 250 for print"
    /// A cover picture that the design has no place for.
    CoverUnused "issue::cover-unused" Warning 0
        "这种设计的封面不用图片，“{path}”没有用上" "请换一种设计，或在自己的设计里写上 [[picture-cover]]"
        "the cover of this design shows no picture; “{path}” is not used" "take another design, or write [[picture-cover]] in one of your own"
    /// An ISSN whose last digit does not fit the others.
    IssnCheck "issue::issn" Error 4
        "ISSN {issn}：校验码应为 {digit}" "请对照证件核对每一位数字"
        "ISSN {issn}: check digit is {digit}" "compare every digit with the certificate"
    /// A CN of a periodical that appears online, in an issue that is printed.
    CnOnline "issue::cn-online" Warning 0
        "{cn} 是网络连续出版物的刊号" "纸质期刊的刊号，序号在 1000 至 5999 之间"
        "{cn} is the number of a periodical that appears online" "those of printed ones have a serial from 1000 to 5999"
    /// A Word file with tracked changes.
    DocxTracked "docx::tracked-changes" Note 0
        "“{path}”里有修订，一律按已接受处理" "如需保留原文，请在 Word 里拒绝修订后再导入"
        "“{path}” has tracked changes; all were taken as accepted" "reject them in Word first if they should not be"
    /// A Word file with comments.
    DocxComments "docx::comments" Note 0
        "“{path}”里的批注没有带入" "批注只留在原文件里"
        "the comments in “{path}” were left out" "they remain in the file"
    /// A part of a Word file that cannot be read.
    DocxLeftOut "docx::left-out" Error 4
        "“{path}”里有一部分读不出来：{what}" "请在 Word 里打开并另存为 .docx，再试一次"
        "a part of “{path}” cannot be read: {what}" "open it in Word, save it as .docx again, and retry"
    /// A formula in a Word file.
    DocxFormula "docx::formula" Warning 0
        "“{path}”里的公式“{text}”只带入了字符，没有带入版式" "请对照原文检查这一处"
        "only the characters of the formula “{text}” in “{path}” were carried over" "compare it with the file"
    /// A character that a note describes and no code is known for.
    Gaiji "aozora::gaiji" Warning 0
        "不知道“※［＃{text}］”是哪个字，按原样保留" "请在文稿里换成这个字"
        "“※［＃{text}］” stands for a character that is not known; it was left as it is" "write the character in its place"
    /// A line that mdBook would fill in.
    IncludeMissing "markdown::include" Warning 0
        "这里应由 mdBook 填入“{path}”，文件里没有，按原样保留" "请把那段内容写进文稿"
        "mdBook would fill in “{path}” here; it is not in the file, and the line was left as it is" "write what belongs there into the manuscript"
    /// A page without any text in it.
    NoMainText "ingest::no-main-text" Error 4
        "“{path}”里没有找到正文" "请在浏览器里打开看看；需要登录或由脚本显示的页面，请把正文复制到文本文件"
        "no main text was found in “{path}”" "open it in a browser; if it shows its text only after a login or by a script, copy the text into a file"
    /// Elements nested deeper than is read.
    TooDeep "ingest::too-deep" Warning 0
        "网页的元素嵌套超过 {limit} 层，更深的标记已略去，文字都保留" "请对照原网页检查版面"
        "elements are nested deeper than {limit}; tags below were left out, their words kept" "compare the result with the page"
    /// More elements than are read.
    TooManyNodes "ingest::too-many-elements" Error 4
        "网页的元素和文字超过 {limit} 个" "请把它分成几篇文章"
        "the page has more than {limit} elements and texts" "split it into several articles"
    /// An element with more attributes than are read.
    TooManyAttributes "ingest::too-many-attributes" Error 4
        "网页里有一个标签的属性超过 {limit} 个" "请检查网页是否完整，或重新保存"
        "a tag of the page has more than {limit} attributes" "check that the page is whole, or save it again"
    /// Quotations and lists nested deeper than are read.
    TooNested "ingest::too-nested" Error 4
        "引文和列表嵌套超过 {limit} 层" "请减少嵌套"
        "quotations and lists are nested deeper than {limit}" "nest them less"
    /// A field of front matter that is not known.
    FieldUnused "ingest::unused-field" Warning 0
        "文章开头的字段“{field}”没有用上" "可能想写：{nearest}"
        "the field “{field}” at the head of the article is not used" "perhaps you mean: {nearest}"
    /// A field of front matter whose value cannot be used.
    FieldValue "ingest::field-value" Warning 0
        "文章开头的“{field}”写得不对，没有用上" "日期要像 2021-04-26，语言要像 zh-Hans；除作者和关键词外，每项只能有一个值"
        "the value of “{field}” at the head of the article cannot be used" "a date is written like 2021-04-26, a language like zh-Hans; all but authors and keywords have one value"
    /// Front matter that cannot be read.
    FrontMatter "ingest::front-matter" Error 4
        "文章开头的字段有错：{reason}" "请检查两行 --- 之间的写法"
        "the fields at the head of the article are wrong: {reason}" "check what stands between the two lines ---"
    /// Something on a page that cannot be printed.
    Embedded "ingest::embedded" Warning 0
        "这里嵌入了 {what}，印不出来，没有带入" "需要的话，请换成一张图，或写上网址"
        "{what} is embedded here; it cannot be printed and was left out" "put a picture or an address in its place if it matters"
    /// Markup that has no effect, such as a call of a note that is not there.
    MarkupUnused "markdown::unused-mark" Warning 0
        "“{mark}”没有起作用，按原样排出" "注文要另起一段写“[^名]: 注文”；框写 [!BOX]，摘句写 [!PULL]"
        "“{mark}” has no effect and is printed as it stands" "a note is a paragraph “[^name]: words”; a box is [!BOX], a pull quote [!PULL]"
    /// A note that no mark calls.
    NoteUncalled "markdown::uncalled-note" Warning 0
        "注“[^{label}]”在正文里没有引用" "请在正文里写上 [^{label}]，或删去这条注"
        "the note “[^{label}]” is called nowhere" "write [^{label}] where it belongs, or take the note out"
    /// A folder without an issue file and without articles.
    FolderEmpty "ingest::no-articles" Error 4
        "文件夹“{path}”里没有文章" "请放入 .txt、.md、.html 或 .docx 文章，或写一个列出文章的 qikan.toml"
        "there are no articles in the folder “{path}”" "put .txt, .md, .html or .docx articles in it, or a qikan.toml that lists them"
    /// A path that leads out of the issue folder.
    OutsideFolder "manifest::outside" Error 4
        "“{path}”不在本期的文件夹里" "请把文件复制到 qikan.toml 所在的文件夹内"
        "“{path}” is outside the issue's folder" "copy the file into the folder that holds qikan.toml"
    /// A pattern of the issue file that finds nothing.
    NoMatch "manifest::no-match" Error 4
        "没有文件符合“{pattern}”" "请检查 [[section]] 里 articles 的写法"
        "no file matches “{pattern}”" "check the articles line of the [[section]]"
    /// An article beside those of the issue that no section lists.
    Unlisted "manifest::unlisted" Warning 0
        "“{path}”不在任何栏目里，没有收进这一期" "要收入，请写进 [[section]] 的 articles；不要，请移到别的文件夹"
        "“{path}” is in no section and not in this issue" "list it in the articles of a [[section]], or move it to another folder"
    /// An article that sections list more than once.
    ListedTwice "manifest::twice" Warning 0
        "“{path}”在这一期里出现不止一次" "请检查各 [[section]] 的 articles，或命令里的文件名"
        "“{path}” stands in this issue more than once" "check the articles of each [[section]], or the files that were named"
    /// An issue file that is not TOML.
    ManifestSyntax "manifest::syntax" Error 4
        "qikan.toml 有语法错误：{reason}" "请对照说明里的例子修改这一行"
        "qikan.toml cannot be understood: {reason}" "compare the line with the example in the README"
    /// A value the issue file may not have.
    ManifestValue "manifest::value" Error 4
        "“{key}”不能写成“{value}”" "可以写：{expected}（在 qikan.toml 或 --set 里）"
        "“{value}” is not a valid value for “{key}”" "write: {expected} (in qikan.toml or --set)"
    /// A setting of the command line without a key or a value.
    SettingForm "cli::set" Error 2
        "--set 后面的“{setting}”不是“键=值”" "照这样写：--set design.columns=3"
        "“{setting}” after --set is not KEY=VALUE" "write it like this: --set design.columns=3"
    /// A key the issue file does not know.
    ManifestUnknownKey "manifest::unknown-key" Warning 0
        "不认识的键“{key}”，已忽略" "可能想写：{nearest}"
        "unknown key “{key}”, ignored" "perhaps you mean: {nearest}"
    /// A design that does not exist.
    TemplateUnknown "template::unknown" Error 4
        "没有名为“{name}”的版式" "可用的版式：{names}"
        "there is no design named “{name}”" "designs to choose from: {names}"
    /// A design file with a wrong value.
    TemplateValue "template::value" Error 4
        "版式“{name}”有错：{reason}" "请改好 qikan.toml 的 [design] 或版式文件；“→”后面是可以写的"
        "the design “{name}” is wrong: {reason}" "correct [design] of qikan.toml or the design's file; what may be written follows the arrow"
    /// A character that no face has.
    MissingGlyph "fonts::missing-glyph" Error 1
        "没有一种字体有“{char}”（{code}）" "请用 --font-path 加上有这个字的字体，或换一个写法；想先看版面，用 --set fonts.missing=warn"
        "no face has “{char}” ({code})" "add a face that has it with --font-path, or write it in another way; to see the pages first, use --set fonts.missing=warn"
    /// The same, when the user asked to go on.
    MissingGlyphWarning "fonts::missing-glyph-shown" Warning 0
        "没有一种字体有“{char}”（{code}），页面上会是空框" "请在定稿前用 --font-path 加上有这个字的字体，或换一个写法"
        "no face has “{char}” ({code}); the page shows an empty box" "before printing, add a face that has it with --font-path, or write it in another way"
    /// A face that does not load.
    BrokenFace "fonts::broken" Error 1
        "字体“{name}”无法使用：{reason}" "请换一个完整的字体文件"
        "the face “{name}” cannot be used: {reason}" "use a whole font file"
    /// A family that an issue file names and that is not there.
    NoFamily "fonts::unknown-family" Error 2
        "没有叫“{name}”的字体" "现有：{families}；自己的字体用 --font-path 指明所在的文件夹"
        "there is no face called “{name}”" "there are: {families}; name the folder of your own fonts by --font-path"
    /// A face whose licence bits forbid embedding.
    ForbiddenFace "fonts::forbidden" Error 1
        "字体“{name}”的许可不允许嵌入" "请换一种允许嵌入的字体"
        "the licence of the face “{name}” forbids embedding" "use a face that may be embedded"
    /// A character that another face than the chosen ones has.
    Fallback "fonts::fallback" Note 0
        "所选字体没有“{char}”（{code}），用 {face} 补上" "想换一种，可用 --font-path 加上有这个字的字体"
        "the chosen faces lack “{char}” ({code}); {face} helps out" "for another look, add a face that has it with --font-path"
    /// A character that only a face of the system has.
    SystemFace "fonts::system-face" Warning 0
        "“{char}”（{code}）用了本机的字体 {face}；在别的电脑上生成，结果可能不同" "请把这种字体放进期刊的文件夹，用 --font-path 指明；或加 --ignore-system-fonts 不用它"
        "“{char}” ({code}) is set in {face} of this system; another computer may make another edition" "put the face into a folder of the issue and name it with --font-path, or refuse it with --ignore-system-fonts"
    /// A variant form that a face does not have.
    NoVariant "fonts::no-variant" Warning 0
        "字体没有“{char}”的这种异体（{code}），按通行字形排" "请用 --font-path 加上有这种异体的字体"
        "the face has no such variant of “{char}” ({code}); its usual form is set" "add a face that has it with --font-path"
    /// An article without a title.
    NoTitle "article::no-title" Warning 0
        "没有找到标题，暂用文件名“{name}”" "请在正文前单独一行写上标题"
        "no title was found; the file's name “{name}” stands in" "write the title on a line of its own before the text"
    /// A numbered line outside its series.
    LoneNumber "structure::lone-number" Warning 0
        "“{number}”没有前后相连的编号，按正文处理" "如果是小标题，请检查编号是否连续"
        "“{number}” does not belong to a series and is set as text" "if it is a heading, check that the numbers follow each other"
    /// A line that is taken for a heading without a number or weight.
    DoubtfulHeading "structure::doubtful-heading" Note 0
        "“{heading}”没有编号也没有加粗，按位置和长短当作小标题" "如果不是小标题，请把它并入前后的段落；也可以用 qikan import 导出后再改"
        "“{heading}” is taken for a heading by its place and length alone" "if it is none, join it to a paragraph, or import the article and correct the Markdown"
    /// Brackets or quotes that do not close.
    Unbalanced "punctuation::unbalanced" Warning 0
        "“{mark}”没有配对" "请检查这一段的引号、括号和书名号"
        "“{mark}” has no partner" "check the quotes, brackets and title marks of the paragraph"
    /// A character of a private area: every face shows it as it likes.
    PrivateUse "text::private-use" Warning 0
        "“{char}”（{code}）是私用区的字，共 {times} 处，各种字体显示不同" "请换成正式编码的字"
        "“{char}” ({code}) is a private-use character, {times}×; every face shows it differently" "write the encoded character in its place"
    /// A character that was lost before.
    ReplacementCharacter "text::replacement" Warning 0
        "原文里有 {times} 个替代符“{char}”（{code}），原来的字已经丢失" "请对照来源补上"
        "the text has {times} replacement character(s) “{char}” ({code}); what stood there is lost" "supply it from the source"
    /// A radical in the place of a character.
    LookAlikeRadical "text::radical" Warning 0
        "“{char}”（{code}）是部首，不是汉字，共 {times} 处" "请换成同形的汉字"
        "“{char}” ({code}) is a radical, not a character, {times}×" "write the character that looks like it"
    /// A Traditional character among Simplified ones.
    TraditionalCharacter "text::traditional" Warning 0
        "简体文章里有繁体字“{char}”（{code}），共 {times} 处" "如果不是引文或人名，请改为简体"
        "“{char}” ({code}) is Traditional in a Simplified article, {times}×" "make it Simplified unless it is a quotation or a name"
    /// A Simplified article that seems to be Traditional.
    MostlyTraditional "text::mostly-traditional" Warning 0
        "简体文章里有 {kinds} 种繁体字（如“{char}”），看来是繁体文章" "是繁体的话，请在文章开头写 lang: zh-Hant，或在 qikan.toml 里写 language = \"zh-Hant\""
        "a Simplified article has {kinds} Traditional characters, such as “{char}”" "if it is Traditional, write lang: zh-Hant at its head, or language = \"zh-Hant\" in qikan.toml"
    /// Text that was read in the wrong encoding.
    Mojibake "text::mojibake" Warning 0
        "“{char}”像是乱码（{code}），共 {times} 处" "请找到原文重新保存"
        "“{char}” looks like text in the wrong encoding ({code}), {times}×" "find the original and save it again"
    /// A line that could not be broken inside its measure.
    Overfull "typeset::overfull" Warning 0
        "有一行超出版心 {excess}：“{text}”" "请在这一处加空格或换一个写法"
        "a line is {excess} too wide for its measure: “{text}”" "add a space there, or write it in another way"
    /// A line for which a word was parted anywhere, or marks against the rules.
    Forced "typeset::forced-break" Warning 0
        "这一行没有合适的断处，在“{text}”之后断开了" "请在这一处改写，或把版心加宽"
        "no good break was left on a line; it ends after “{text}”" "write it in another way, or widen the type area"
    /// A table with more columns than its measure can show.
    TableWide "typeset::table-wide" Error 1
        "表格有 {columns} 列，这里最多排得下 {most} 列" "请把表格分成几个，或换一种版心更宽的设计"
        "a table has {columns} columns; {most} can be read here at most" "part it into several tables, or take a design with a wider type area"
    /// An article that an edition was made without.
    LeftOut "press::left-out" Error 1
        "“{name}”有错误，没有收进这一期" "请改好上面的错误，再生成一次"
        "“{name}” has errors and was left out of the edition" "correct the errors above and build again"
    /// An article that does not say who wrote it.
    NoAuthor "article::no-author" Warning 0
        "《{title}》没有作者" "请在标题下写上作者，或写在文章开头的 author 字段里"
        "“{title}” has no author" "write it below the title, or as author at the head of the article"
    /// An article that does not say when it appeared.
    NoDate "article::no-date" Warning 0
        "《{title}》没有日期" "请写在文章开头的 date 字段里，或在 qikan.toml 里写上这一期的 date"
        "“{title}” has no date" "write it as date at the head of the article, or give the issue a date in qikan.toml"
    /// A heading with nothing below it.
    EmptyHeading "structure::empty-heading" Warning 0
        "小标题“{heading}”下面没有正文" "请补上正文，或删去这个小标题"
        "there is no text below the heading “{heading}”" "write it, or take the heading out"
    /// A link inside the issue that leads to nothing.
    DeadLink "link::nowhere" Warning 0
        "《{title}》里的链接“{address}”在这一期里找不到去处" "请改成这一期里的文章或小标题，或完整的网址"
        "in “{title}”, the link “{address}” leads nowhere in this issue" "name an article or a heading of the issue, or a whole web address"
    /// A line with wide gaps.
    Loose "typeset::loose" Note 0
        "这一行字距撑开了 {gap} 字：“{text}”" "换一个写法，或改一两个字，行就匀了"
        "a line is spread by {gap} em a gap: “{text}”" "put it another way, or change a word or two"
    /// The edition could not be written.
    WriteFailed "press::write" Error 1
        "无法写入“{path}”：{reason}" "请检查磁盘空间、权限，以及文件是否在别处打开"
        "“{path}” cannot be written: {reason}" "check disk space, permissions and whether the file is open elsewhere"
    /// Warnings where none is allowed.
    StrictWarnings "press::strict" Error 3
        "有 {count} 条警告，按 --strict 算失败" "请处理这些警告，或去掉 --strict；看不到警告时，请去掉 -q"
        "{count} warning(s), which --strict does not allow" "fix what they name, or leave out --strict; without -q they are shown"
    /// Two issues of one run whose files have one name.
    NameTaken "press::name-taken" Error 1
        "“{path}”已是本次另一期“{other}”的文件，这一期没有写入" "请在 qikan.toml 中改刊名（title）或期号（issue.number），或分别输出到不同的文件夹"
        "“{path}” is a file of another issue of this run, “{other}”; this issue was not written" "change title or issue.number in qikan.toml, or build into different folders"
    /// Text that did not arrive in the layout.
    TextLost "press::text-lost" Error 5
        "排版后缺少文字：“{text}”" "这是 qikan 的错误，请把文章发给我们"
        "text is missing after typesetting: “{text}”" "this is a fault of qikan; please send us the article"
    /// A picture that did not arrive in the layout.
    PictureLost "press::picture-lost" Error 5
        "排版后缺少图片“{path}”" "这是 qikan 的错误，请把文章发给我们"
        "the picture “{path}” is missing after typesetting" "this is a fault of qikan; please send us the article"
    /// A file that is no ICC profile of a press.
    PrintProfile "print::profile" Error 4
        "“{path}”不是印刷机的 CMYK 特性文件（ICC）" "请向印厂要 ICC 文件，或去掉 print.profile"
        "“{path}” is not the CMYK profile (ICC) of a press" "ask the printer for the ICC file, or leave print.profile out"
    /// Blank pages that fill the last signature.
    PrintBlanks "print::blanks" Note 0
        "印刷版正文 {pages} 页，末尾补了 {blanks} 个空白页，凑足一帖" "不想要空白页，可增减内容，或改 print.signature"
        "{pages} pages to print inside the cover, {blanks} of them blank at the end to fill a signature" "add or cut text, or change print.signature"
    /// More ink than the press is to lay down.
    PrintInk "print::ink" Warning 0
        "“{what}”的总墨量有 {ink}%，超过 {limit}%" "请换颜色或图片，或问印厂后改 print.ink-limit"
        "“{what}” takes {ink} % of ink, over {limit} %" "change the colour or picture, or ask the printer and set print.ink-limit"
    /// An edition that cannot be read back.
    VerifyUnreadable "verify::unreadable" Error 4
        "无法读取成品“{path}”：{reason}" "请给出 qikan 生成的 PDF、EPUB 或 .bag 文件夹；文件可能损坏了，请重新生成"
        "the edition “{path}” cannot be read: {reason}" "give a PDF, EPUB or .bag folder made by qikan; the file may be damaged: make it again"
    /// A PDF without a structure tree.
    VerifyUntagged "verify::untagged" Error 4
        "“{path}”没有标记结构，看不出哪些字属于哪篇文章" "这不是 qikan 生成的 PDF，或已被别的软件改过；请核对原来的文件"
        "“{path}” has no structure that says which words belong to which article" "it was not made by qikan, or was changed by another program: check the original file"
    /// Nothing to hold an edition against.
    VerifyAgainst "verify::against" Error 2
        "没有说明和什么核对" "请用 --against 给出期刊文件夹或文章；带附件的 PDF（pdf.conformance = a-3a）和归档包可以不写"
        "nothing to check the edition against" "name the issue folder or the articles with --against; a PDF with its sources (pdf.conformance = a-3a) and an archive need none"
    /// A cover, which is checked with its inside.
    VerifyCover "verify::cover" Note 0
        "“{path}”是封面，和同一次生成的 -print.pdf 一起核对" ""
        "“{path}” is a cover; it is checked together with its -print.pdf" ""
    /// Characters of an article that an edition lacks.
    VerifyMissing "verify::missing" Error 5
        "“{path}”缺字：《{article}》（{page}）{before}【{missing}】{after}" "原文改过的话，这是正常的，重新生成即可；生成时用过 --set 或 -t，核对时也要写上（-t 名称 写作 --set design.template=名称）；都不是的话，请把文章发给我们"
        "“{path}” lacks text of “{article}” ({page}): {before}【{missing}】{after}" "if the article was changed since, build again; give the --set options of the build here, too; else please send us the article"
    /// Characters in an edition that no article has.
    VerifyAdded "verify::added" Error 5
        "“{path}”多字：《{article}》（{page}）{before}【+{added}】{after}" "原文改过的话，这是正常的，重新生成即可；生成时用过 --set 或 -t，核对时也要写上（-t 名称 写作 --set design.template=名称）；都不是的话，请把文章发给我们"
        "“{path}” has more text than “{article}” ({page}): {before}【+{added}】{after}" "if the article was changed since, build again; give the --set options of the build here, too; else please send us the article"
    /// Characters in an edition that differ from the article's.
    VerifyChanged "verify::changed" Error 5
        "“{path}”与原文不同：《{article}》（{page}）{before}【{missing}→{added}】{after}" "原文改过的话，这是正常的，重新生成即可；生成时用过 --set 或 -t，核对时也要写上（-t 名称 写作 --set design.template=名称）；都不是的话，请把文章发给我们"
        "“{path}” differs from “{article}” ({page}): {before}【{missing}→{added}】{after}" "if the article was changed since, build again; give the --set options of the build here, too; else please send us the article"
    /// Pictures of an article that an edition lacks, or has too many of.
    VerifyPictures "verify::pictures" Error 5
        "“{path}”的图数不对：《{article}》应有 {wanted} 幅，实有 {shown} 幅" "请重新生成；如果刚生成就这样，请把文章发给我们"
        "“{path}” has {shown} pictures in “{article}”, where there should be {wanted}" "make it again; if it is new, please send us the article"
    /// An article that does not stand where it should.
    VerifyOrder "verify::order" Error 5
        "“{path}”里《{article}》的次序不对" "请重新生成；改过文章的次序，这是正常的"
        "in “{path}”, “{article}” is not in its place" "make it again; if the articles were put in another order since, this is to be expected"
    /// An article that the contents do not lead to.
    VerifyContents "verify::contents" Error 5
        "“{path}”的目录里没有《{article}》，或次序不对" "请重新生成；改过题目，这是正常的"
        "the contents of “{path}” do not name “{article}”, or not in its place" "make it again; if its title was changed since, this is to be expected"
    /// A page that does not stand where it should.
    VerifyPage "verify::page" Error 5
        "“{path}”的{page}不在它的位置上，或出现两次" "文件被别的软件改过；请用原来的文件，或重新生成"
        "in “{path}”, {page} is not in its place, or is there twice" "another program changed the file: use the original, or make it again"
    /// A folder that is no bag.
    BagUnknown "bag::unknown" Error 5
        "“{bag}”不是完整的归档包（BagIt 1.0）：没有可用的 {what}" "请给出 qikan 生成的 .bag 文件夹；文件可能被删掉了"
        "“{bag}” is not a complete archive (BagIt 1.0): {what} cannot be used" "give a .bag folder made by qikan; files of it may have been deleted"
    /// A line of a manifest that cannot be read.
    BagLine "bag::line" Error 5
        "归档包“{bag}”的清单有一行读不出来：{what}" "清单可能被改过；请用原来的归档包"
        "a line of a manifest of “{bag}” cannot be read: {what}" "the manifest may have been changed: use the original archive"
    /// A file that an archive no longer has.
    BagMissing "bag::missing" Error 5
        "归档包“{bag}”里缺文件“{what}”" "请从别的副本补上"
        "“{bag}” lacks the file “{what}”" "restore it from another copy"
    /// A file that is not what it was.
    BagChanged "bag::changed" Error 5
        "归档包“{bag}”里的“{what}”与入库时不同" "文件被改过或损坏了；请从别的副本恢复"
        "“{what}” in “{bag}” is not what it was when it was archived" "it was changed or damaged: restore it from another copy"
    /// A file that an archive did not have.
    BagExtra "bag::extra" Error 5
        "归档包“{bag}”里多出文件“{what}”" "请移走它，或重新归档"
        "“{bag}” has a file that its manifests do not know: “{what}”" "take it out, or archive anew"
    /// An archive of another size than it says.
    BagOxum "bag::oxum" Error 5
        "归档包“{bag}”的大小不对：{what}" "有文件被增删或改过；请从别的副本恢复"
        "“{bag}” is of another size than it says: {what}" "files were added, removed or changed: restore it from another copy"
    /// An option there is not.
    OptionUnknown "cli::option" Error 2
        "没有“{argument}”这个选项" "可以写：{nearest}（用法见 {help}）"
        "there is no option “{argument}”" "did you mean {nearest}? See {help}"
    /// A command there is not.
    CommandUnknown "cli::command" Error 2
        "没有“{argument}”这个命令" "可以写：{nearest}（用法见 {help}）"
        "there is no command “{argument}”" "did you mean {nearest}? See {help}"
    /// An argument that has to be given.
    ArgumentMissing "cli::missing" Error 2
        "还缺 {argument}" "可以写：{nearest}（用法见 {help}）"
        "{argument} has to be given" "write: {nearest} (see {help})"
    /// An option without its value.
    ValueMissing "cli::no-value" Error 2
        "“{argument}”后面要有值" "可以写：{nearest}（用法见 {help}）"
        "“{argument}” needs a value" "write: {nearest} (see {help})"
    /// A value that an option cannot have.
    ValueWrong "cli::value" Error 2
        "“{argument}”不能是“{value}”" "可以写：{nearest}（用法见 {help}）"
        "“{argument}” cannot be “{value}”" "write: {nearest} (see {help})"
    /// Arguments that do not go together.
    Usage "cli::usage" Error 2
        "命令的写法不对：{reason}" "可以写：{nearest}（用法见 {help}）"
        "the command cannot be understood: {reason}" "write: {nearest} (see {help})"
    /// An exporter that failed.
    ExportFailed "press::export" Error 1
        "无法生成 {edition}：{reason}" "这是 qikan 的错误，请把文章发给我们"
        "the {edition} cannot be made: {reason}" "this is a fault of qikan; please send us the article"
}

impl Code {
    /// The stable id, such as `ingest::encoding`.
    #[must_use]
    pub const fn id(self) -> &'static str {
        self.row().id
    }

    /// How bad it is.
    #[must_use]
    pub const fn level(self) -> Level {
        self.row().level
    }

    /// The exit code an error of this kind leads to; 0 for what is no error.
    #[must_use]
    pub const fn exit(self) -> u8 {
        self.row().exit
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    fn names(text: &str) -> BTreeSet<&str> {
        text.split('{').skip(1).filter_map(|rest| rest.split_once('}')).map(|(n, _)| n).collect()
    }

    #[test]
    fn both_languages_say_the_same() {
        for code in Code::ALL {
            let row = code.row();
            assert_eq!(names(row.zh.0), names(row.en.0), "{}", row.id);
            assert_eq!(names(row.zh.1), names(row.en.1), "{}", row.id);
        }
    }

    #[test]
    fn ids_are_unique_and_errors_exit() {
        let ids: BTreeSet<_> = Code::ALL.iter().map(|c| c.id()).collect();
        assert_eq!(ids.len(), Code::ALL.len());
        for code in Code::ALL {
            assert_eq!(code.exit() != 0, code.level() == Level::Error, "{}", code.id());
        }
    }
}
