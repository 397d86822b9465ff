//! From the engine's failures to the browser's: codes, statuses, and what is logged.

use super::AppError;
use engine::{
    Conflict, GetError, ListError, RemoveError, SaveError, StoreError,
    access::Denied,
    flows::ProgramError,
    gateways::{
        SetEnabledError,
        meta::{MetaError, SignInError as MetaSignInError},
    },
    sessions::{ChangePasswordError, SignInError},
    tries::TryError,
};
use model::FieldErrors;

impl From<Denied> for AppError {
    fn from(denied: Denied) -> Self {
        let (code, status) = match denied {
            Denied::SignedOut => (Self::SIGNED_OUT, 401),
            Denied::PasswordChange => (Self::PASSWORD_CHANGE, 403),
            Denied::Forbidden { .. } => (Self::FORBIDDEN, 403),
        };
        Self::new(code, status, denied.to_string())
    }
}

impl From<StoreError> for AppError {
    fn from(error: StoreError) -> Self {
        let source = std::error::Error::source(&error).map(ToString::to_string);
        tracing::error!(error = %error, error.source = source, "the database failed");
        let message = "Something went wrong on the server; nothing was changed. Try again in a moment.";
        Self::new("internal", 500, message)
    }
}

impl From<Conflict> for AppError {
    fn from(conflict: Conflict) -> Self {
        let message = conflict.to_string();
        Self {
            fields: conflict.fields,
            ..Self::new(Self::CONFLICT, 409, message)
        }
    }
}

impl From<ListError> for AppError {
    fn from(error: ListError) -> Self {
        let message = error.to_string();
        match error {
            ListError::Denied(denied) => denied.into(),
            ListError::Invalid(fields) => invalid(400, message, fields),
            ListError::Store(error) => error.into(),
        }
    }
}

impl From<GetError> for AppError {
    fn from(error: GetError) -> Self {
        let message = error.to_string();
        match error {
            GetError::Denied(denied) => denied.into(),
            GetError::NotFound(_) => Self::new(Self::NOT_FOUND, 404, message),
            GetError::Store(error) => error.into(),
        }
    }
}

impl From<ProgramError> for AppError {
    fn from(error: ProgramError) -> Self {
        let message = error.to_string();
        match error {
            ProgramError::Denied(denied) => denied.into(),
            ProgramError::NoFlow | ProgramError::NoProgram(_) => Self::new(Self::NOT_FOUND, 404, message),
            ProgramError::Store(error) => error.into(),
        }
    }
}

impl From<SaveError> for AppError {
    fn from(error: SaveError) -> Self {
        let message = error.to_string();
        match error {
            SaveError::Denied(denied) => denied.into(),
            SaveError::NotFound(_) => Self::new(Self::NOT_FOUND, 404, message),
            SaveError::Invalid(fields) => invalid(422, message, fields),
            SaveError::Conflict(conflict) => (*conflict).into(),
            SaveError::Protected(_) => Self::new("protected", 409, message),
            SaveError::Store(error) => error.into(),
        }
    }
}

impl From<SetEnabledError> for AppError {
    fn from(error: SetEnabledError) -> Self {
        let message = error.to_string();
        match error {
            SetEnabledError::Denied(denied) => denied.into(),
            SetEnabledError::NotFound => Self::new(Self::NOT_FOUND, 404, message),
            SetEnabledError::Incomplete { fields, .. } => invalid(422, message, fields),
            SetEnabledError::Conflict(conflict) => (*conflict).into(),
            SetEnabledError::Store(error) => error.into(),
        }
    }
}

impl From<MetaError> for AppError {
    fn from(error: MetaError) -> Self {
        let (message, is_passing) = (error.to_string(), error.is_passing());
        match error {
            MetaError::Denied(denied) => denied.into(),
            MetaError::NotFound(_) | MetaError::NoAccount(_) => Self::new(Self::NOT_FOUND, 404, message),
            MetaError::NoApp | MetaError::NoToken | MetaError::NoSignIn(_) => Self::new(Self::INVALID, 422, message),
            MetaError::Meta(_) if is_passing => {
                Self::new("messenger", 503, format!("{message} Try again in a moment."))
            }
            MetaError::Meta(_) => Self::new("messenger", 422, message),
            MetaError::Store(error) => error.into(),
        }
    }
}

impl From<MetaSignInError> for AppError {
    fn from(error: MetaSignInError) -> Self {
        let message = error.to_string();
        match error {
            MetaSignInError::Unknown => Self::new("refused", 403, message),
            MetaSignInError::Refused(_) => Self::new("messenger", 422, message),
            MetaSignInError::Meta(error) => error.into(),
        }
    }
}

impl From<RemoveError> for AppError {
    fn from(error: RemoveError) -> Self {
        let message = error.to_string();
        match error {
            RemoveError::Denied(denied) => denied.into(),
            RemoveError::TooMany(_) => Self::new(Self::INVALID, 422, message),
            RemoveError::Store(error) => error.into(),
        }
    }
}

impl From<SignInError> for AppError {
    fn from(error: SignInError) -> Self {
        let message = error.to_string();
        match error {
            SignInError::Refused => Self::new("refused", 403, message),
            SignInError::Throttled(seconds) => throttled(message, seconds),
            SignInError::Store(error) => error.into(),
        }
    }
}

impl From<ChangePasswordError> for AppError {
    fn from(error: ChangePasswordError) -> Self {
        let message = error.to_string();
        match error {
            ChangePasswordError::Denied(denied) => denied.into(),
            ChangePasswordError::Invalid(fields) => invalid(422, message, fields),
            ChangePasswordError::Throttled(seconds) => throttled(message, seconds),
            ChangePasswordError::Store(error) => error.into(),
        }
    }
}

impl From<TryError> for AppError {
    fn from(error: TryError) -> Self {
        let message = error.to_string();
        match error {
            TryError::Denied(denied) => denied.into(),
            TryError::NoSuchRun => Self::new(Self::NOT_FOUND, 404, message),
            TryError::Ended => Self::new("ended", 409, message),
            TryError::Invalid(fields) => invalid(422, message, fields),
            TryError::Busy => Self {
                retry_after: Some(2),
                ..Self::new("busy", 503, message)
            },
            TryError::Broken => Self::new("internal", 500, message),
            TryError::Store(error) => error.into(),
        }
    }
}

fn invalid(status: u16, message: String, fields: FieldErrors) -> AppError {
    AppError {
        fields,
        ..AppError::new(AppError::INVALID, status, message)
    }
}

fn throttled(message: String, seconds: u64) -> AppError {
    AppError {
        retry_after: Some(seconds),
        ..AppError::new("throttled", 429, message)
    }
}
