//! The faces of a run, by role, and which of them has a character.

use super::{BUNDLE, Bundled, Face, FaceData, FontError};
use std::sync::Arc;

/// A face of a [`Library`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FaceId(pub u8);

/// What a face is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// 宋.
    Song,
    /// 宋, bold.
    SongBold,
    /// 黑.
    Hei,
    /// 黑, bold.
    HeiBold,
    /// 楷.
    Kai,
    /// Latin serif.
    Latin,
    /// Latin serif, bold.
    LatinBold,
    /// Latin serif, italic.
    LatinItalic,
    /// Monospace.
    Mono,
}

/// A tone of the page: a Chinese face and the Latin face that goes with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Voice {
    /// 宋, for reading.
    Song,
    /// 宋 bold, for titles.
    SongBold,
    /// 黑, for structure.
    Hei,
    /// 黑 bold.
    HeiBold,
    /// 楷, for other voices.
    Kai,
    /// For code.
    Mono,
}

impl Voice {
    /// Voices by the name a design gives them.
    pub const NAMES: &'static [(&'static str, Self)] = &[
        ("song", Self::Song),
        ("song-bold", Self::SongBold),
        ("hei", Self::Hei),
        ("hei-bold", Self::HeiBold),
        ("kai", Self::Kai),
        ("mono", Self::Mono),
    ];

    /// The Chinese role and the Latin role.
    const fn roles(self) -> (Role, Role) {
        match self {
            Self::Song => (Role::Song, Role::Latin),
            Self::SongBold => (Role::SongBold, Role::LatinBold),
            Self::Hei => (Role::Hei, Role::Hei),
            Self::HeiBold => (Role::HeiBold, Role::HeiBold),
            Self::Kai => (Role::Kai, Role::Latin),
            Self::Mono => (Role::Hei, Role::Mono),
        }
    }

    /// The bold voice of the same kind.
    #[must_use]
    pub const fn strong(self) -> Self {
        match self {
            Self::Song | Self::SongBold => Self::SongBold,
            Self::Hei | Self::HeiBold | Self::Kai | Self::Mono => Self::HeiBold,
        }
    }

    /// The voice of words that are spoken differently; Chinese has no italic.
    #[must_use]
    pub const fn emphatic(self) -> Self {
        match self {
            Self::Kai => Self::Hei,
            _ => Self::Kai,
        }
    }
}

/// The order in which roles are tried for a character its own faces lack.
const FALLBACK: [Role; 6] =
    [Role::Song, Role::Hei, Role::Kai, Role::Latin, Role::Mono, Role::SongBold];

impl Role {
    /// Roles by the name an issue file gives them.
    pub const NAMES: &'static [(&'static str, Self)] = &[
        ("song", Self::Song),
        ("song-bold", Self::SongBold),
        ("hei", Self::Hei),
        ("hei-bold", Self::HeiBold),
        ("kai", Self::Kai),
        ("latin", Self::Latin),
        ("latin-bold", Self::LatinBold),
        ("latin-italic", Self::LatinItalic),
        ("mono", Self::Mono),
    ];
}

/// Whose a face is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Origin {
    /// It comes with the program.
    Bundled,
    /// It stands in a folder that was named.
    User,
    /// It is the system's.
    System,
}

/// The faces of a run.
#[derive(Debug, Clone)]
pub struct Library {
    faces: Vec<Arc<Face>>,
    roles: Vec<(Role, FaceId)>,
    /// The user's faces, which are asked first for a character that a role's face lacks.
    own: Vec<FaceId>,
    /// Faces of the system, which are asked last.
    system: Vec<FaceId>,
}

impl Library {
    /// A library of the bundled faces.
    ///
    /// # Errors
    /// [`FontError`] when a file is no usable font, or none stands for a role.
    pub fn bundled(files: &[Bundled]) -> Result<Self, FontError> {
        let data = |name: &str| {
            let file = files.iter().find(|file| file.file == name)?;
            Some(FaceData::Linked(file.bytes))
        };
        Self::from_bundle(data)
    }

    /// A library of the bundled faces, from wherever `data` finds a file of the bundle.
    ///
    /// # Errors
    /// [`FontError`] when a file is no usable font, or none stands for a role.
    pub fn from_bundle(data: impl Fn(&str) -> Option<FaceData>) -> Result<Self, FontError> {
        let mut library =
            Self { faces: Vec::new(), roles: Vec::new(), own: Vec::new(), system: Vec::new() };
        for (name, role) in BUNDLE {
            let id = library.open(data(name).ok_or(FontError::NoFace(name))?)?;
            library.roles.push((*role, id));
        }
        Ok(library)
    }

    fn open(&mut self, data: FaceData) -> Result<FaceId, FontError> {
        let id = u8::try_from(self.faces.len()).map_err(|_| FontError::TooMany)?;
        self.faces.push(Arc::new(Face::open(data)?));
        Ok(FaceId(id))
    }

    /// Adds a face of the user's.
    ///
    /// # Errors
    /// [`FontError`] when the file is no usable font or its licence bits forbid embedding.
    pub fn add(&mut self, data: FaceData) -> Result<(), FontError> {
        let id = self.open(data)?;
        self.own.push(id);
        Ok(())
    }

    /// Adds a face of the system, for characters that no other face has.
    ///
    /// # Errors
    /// [`FontError`] when the file is no usable font or its licence bits forbid embedding.
    pub fn add_system(&mut self, data: FaceData) -> Result<FaceId, FontError> {
        let id = self.open(data)?;
        self.system.push(id);
        Ok(id)
    }

    /// Whose a face is.
    #[must_use]
    pub fn origin(&self, id: FaceId) -> Origin {
        match () {
            () if self.own.contains(&id) => Origin::User,
            () if self.system.contains(&id) => Origin::System,
            () => Origin::Bundled,
        }
    }

    /// The role a face has, where it has one.
    #[must_use]
    pub fn role_of(&self, id: FaceId) -> Option<Role> {
        self.roles.iter().find(|(_, own)| *own == id).map(|(role, _)| *role)
    }

    /// Gives a role to the face of a family or `PostScript` name; whether there is one.
    pub fn assign(&mut self, role: Role, name: &str) -> bool {
        let named = |face: &Face| face.family() == name || face.name() == name;
        // The user's faces come last, and of two of one name theirs is meant.
        let Some(at) = self.faces.iter().rposition(|face| named(face)) else { return false };
        let id = FaceId(u8::try_from(at).unwrap_or(u8::MAX));
        self.roles.retain(|(own, _)| *own != role);
        self.roles.push((role, id));
        true
    }

    /// The families there are, each once, in order.
    #[must_use]
    pub fn families(&self) -> Vec<&str> {
        let mut out: Vec<&str> = Vec::new();
        for face in &self.faces {
            if !out.contains(&face.family()) {
                out.push(face.family());
            }
        }
        out
    }

    /// A face.
    #[must_use]
    pub fn face(&self, id: FaceId) -> &Face {
        &self.faces[usize::from(id.0)]
    }

    /// Every face's id, in order.
    pub fn ids(&self) -> impl Iterator<Item = FaceId> {
        (0..=u8::MAX).zip(&self.faces).map(|(id, _)| FaceId(id))
    }

    /// The Chinese and the Latin face of a voice.
    #[must_use]
    pub fn voice(&self, voice: Voice) -> (FaceId, FaceId) {
        let (han, latin) = voice.roles();
        (self.role(han), self.role(latin))
    }

    /// The first face that has a character: the wanted one, the user's, then the bundled ones in
    /// the fallback order, then the system's.
    #[must_use]
    pub fn covering(&self, c: char, wanted: FaceId) -> Option<FaceId> {
        let others = FALLBACK.iter().map(|role| self.role(*role));
        let own = self.own.iter().copied();
        std::iter::once(wanted)
            .chain(own)
            .chain(others)
            .chain(self.system.iter().copied())
            .find(|id| self.face(*id).glyph(c).is_some())
    }

    fn role(&self, role: Role) -> FaceId {
        let found = self.roles.iter().find(|(r, _)| *r == role);
        found.map_or(FaceId(0), |(_, id)| *id)
    }
}
