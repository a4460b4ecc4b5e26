//! Users, sessions and keys.

use super::{PASSWORD, Place, local, log_in, minute, nobody, occasion, with_password};
use cordon_casework::{
    Caller, CommandError, LinkToken, LoginOutcome, NewKey, Password, Principal, Role, Scope, Scopes,
    SessionRules, SessionToken,
};
use std::num::NonZeroU32;

fn cookie(token: &SessionToken) -> String {
    token.set_cookie(true, &SessionRules::default()).split(';').next().unwrap().to_owned()
}

fn password(text: &str) -> Password {
    Password::new(text).unwrap()
}

pub(crate) async fn the_first_start_makes_one_admin(place: Place) {
    let accounts = place.accounts().await;
    let link = accounts.first_start(&nobody(0)).await.unwrap().unwrap();
    assert!(accounts.first_start(&nobody(0)).await.unwrap().is_none());
    assert_eq!(log_in(&accounts, 1, "admin", "").await, "wrong");
    assert_eq!(accounts.link_is_for(minute(1), &link).await.unwrap().unwrap().as_str(), "admin");
    let name = accounts.redeem(&nobody(1), &link, &password(PASSWORD)).await.unwrap();
    assert_eq!(name.as_str(), "admin");
    let outcome = accounts.log_in(&nobody(2), " Admin", &Password::typed(PASSWORD)).await.unwrap();
    let LoginOutcome::In(session) = outcome else { panic!("{outcome:?}") };
    let caller = accounts.caller_of_cookie(minute(3), &cookie(&session.token)).await.unwrap();
    assert_eq!(caller, session.caller);
    assert_eq!(caller.principal.to_string(), "user:admin");
    assert_eq!(caller.scopes, Scopes::all());
    assert!(caller.check_csrf(Some(session.csrf.as_str())).is_ok());
    assert!(caller.check_csrf(None).is_err());
}

pub(crate) async fn names_are_locked_after_failures_known_or_not(place: Place) {
    let accounts = place.accounts().await;
    with_password(&accounts, "ana", Role::Analyst).await;
    for name in ["ana", "nobody-of-this-name"] {
        for _ in 0..5 {
            assert_eq!(log_in(&accounts, 1, name, "guess").await, "wrong", "{name}");
        }
        assert_eq!(log_in(&accounts, 1, name, PASSWORD).await, "locked", "{name}");
        // Half a minute later the next guess counts, and the delay doubles.
        assert_eq!(log_in(&accounts, 2, name, "guess").await, "wrong", "{name}");
        assert_eq!(log_in(&accounts, 2, name, PASSWORD).await, "locked", "{name}");
    }
    accounts.unlock(&local(2), "ana").await.unwrap();
    assert_eq!(log_in(&accounts, 2, "ana", PASSWORD).await, "in");
    // A login forgets the failures.
    assert_eq!(log_in(&accounts, 2, "ana", "guess").await, "wrong");
    assert_eq!(log_in(&accounts, 2, "ana", PASSWORD).await, "in");
}

pub(crate) async fn a_guess_is_counted_however_many_come_at_once(place: Place) {
    let accounts = place.accounts().await;
    let guesses: Vec<_> = (0..12)
        .map(|_| {
            let accounts = accounts.clone();
            tokio::spawn(async move { accounts.log_in(&nobody(1), "ana", &Password::typed("guess")).await })
        })
        .collect();
    let mut wrong = 0;
    for guess in guesses {
        match guess.await.unwrap() {
            Ok(LoginOutcome::Wrong) => wrong += 1,
            // Too many at once is an error, and no answer to the guess.
            Ok(LoginOutcome::Locked { .. }) | Err(CommandError::Store(_)) => {}
            other => panic!("{other:?}"),
        }
    }
    assert!(wrong <= 5, "{wrong} guesses were answered");
}

pub(crate) async fn sessions_end(place: Place) {
    let accounts = place.accounts().await;
    with_password(&accounts, "ana", Role::Viewer).await;
    let begin = async |at| {
        let outcome = accounts.log_in(&nobody(at), "ana", &Password::typed(PASSWORD)).await.unwrap();
        let LoginOutcome::In(session) = outcome else { panic!("{outcome:?}") };
        cookie(&session.token)
    };
    let is_known = async |at, cookie: &str| {
        accounts.caller_of_cookie(minute(at), cookie).await.unwrap().principal != Principal::Nobody
    };
    // Idle: an hour after the last use. Use is written down.
    let session = begin(0).await;
    assert!(is_known(59, &session).await && is_known(118, &session).await);
    assert!(!is_known(178, &session).await);
    // Absolute: twelve hours.
    let session = begin(0).await;
    for at in (0..720).step_by(50) {
        assert!(is_known(at, &session).await, "{at}");
    }
    assert!(!is_known(720, &session).await);
    // By logging out.
    let session = begin(0).await;
    accounts.log_out(&nobody(1), &session).await.unwrap();
    assert!(!is_known(1, &session).await);
    // By being kept out.
    let session = begin(0).await;
    accounts.set_disabled(&local(1), "ana", true).await.unwrap();
    assert!(!is_known(1, &session).await);
    assert_eq!(log_in(&accounts, 1, "ana", PASSWORD).await, "wrong");
    accounts.set_disabled(&local(2), "ana", false).await.unwrap();
    assert!(!is_known(2, &session).await);
    assert_eq!(log_in(&accounts, 2, "ana", PASSWORD).await, "in");
    assert!(!is_known(0, "__Host-cordon=00").await && !is_known(0, "").await);
}

pub(crate) async fn links_are_used_once_and_end(place: Place) {
    let accounts = place.accounts().await;
    let first = accounts.add_user(&local(0), "ana", Role::Viewer).await.unwrap();
    let second = accounts.new_link_for(&local(0), "ana").await.unwrap();
    let new = password(PASSWORD);
    for (link, at) in [(&first, 1), (&second, 24 * 60), (&LinkToken::presented("guess"), 1)] {
        assert!(
            matches!(accounts.redeem(&nobody(at), link, &new).await, Err(CommandError::State(_))),
            "{at}"
        );
        assert!(accounts.link_is_for(minute(at), link).await.unwrap().is_none());
    }
    accounts.redeem(&nobody(1), &second, &new).await.unwrap();
    assert!(accounts.redeem(&nobody(1), &second, &new).await.is_err());
    assert_eq!(log_in(&accounts, 2, "ana", PASSWORD).await, "in");
}

pub(crate) async fn users_are_changed_by_those_who_may(place: Place) {
    let accounts = place.accounts().await;
    with_password(&accounts, "ana", Role::Approver).await;
    let outcome = accounts.log_in(&nobody(1), "ana", &Password::typed(PASSWORD)).await.unwrap();
    let LoginOutcome::In(session) = outcome else { panic!("{outcome:?}") };
    let as_ana = occasion(2, session.caller);
    assert!(matches!(accounts.add_user(&as_ana, "bo", Role::Viewer).await, Err(CommandError::Denied(_))));
    assert!(matches!(accounts.set_role(&as_ana, "ana", Role::Admin).await, Err(CommandError::Denied(_))));
    assert!(matches!(accounts.users(&as_ana).await, Err(CommandError::Denied(_))));
    assert!(matches!(accounts.keys(&nobody(2)).await, Err(CommandError::Denied(_))));

    accounts.set_role(&local(3), "ana", Role::Analyst).await.unwrap();
    let users = accounts.users(&local(3)).await.unwrap();
    assert_eq!(
        users.iter().map(|user| (user.name.as_str(), user.role)).collect::<Vec<_>>(),
        [("ana", Role::Analyst)]
    );
    let twice = accounts.add_user(&local(3), "ANA", Role::Viewer).await;
    assert!(matches!(twice, Err(CommandError::State(_))), "{twice:?}");
    let unknown = accounts.set_role(&local(3), "bo", Role::Viewer).await;
    assert!(matches!(unknown, Err(CommandError::NotFound { .. })), "{unknown:?}");
    let odd = accounts.add_user(&local(3), "'; DROP TABLE account; --", Role::Viewer).await;
    assert!(matches!(odd, Err(CommandError::Invalid { field: "name", .. })), "{odd:?}");
}

pub(crate) async fn the_last_admin_stays(place: Place) {
    let accounts = place.accounts().await;
    for name in ["ana", "bo"] {
        accounts.add_user(&local(0), name, Role::Admin).await.unwrap();
    }
    accounts.set_role(&local(1), "ana", Role::Viewer).await.unwrap();
    for refused in [
        accounts.set_role(&local(2), "bo", Role::Approver).await,
        accounts.set_disabled(&local(2), "bo", true).await,
    ] {
        assert!(matches!(refused, Err(CommandError::State(_))), "{refused:?}");
    }
    accounts.set_role(&local(3), "ana", Role::Admin).await.unwrap();
    accounts.set_disabled(&local(3), "bo", true).await.unwrap();
}

pub(crate) async fn passwords_are_changed_by_their_owners(place: Place) {
    let accounts = place.accounts().await;
    with_password(&accounts, "ana", Role::Viewer).await;
    let outcome = accounts.log_in(&nobody(1), "ana", &Password::typed(PASSWORD)).await.unwrap();
    let LoginOutcome::In(session) = outcome else { panic!("{outcome:?}") };
    let as_ana = occasion(2, session.caller.clone());
    let new = password("another horse, another battery");
    let wrong = accounts.change_password(&as_ana, &Password::typed("guess"), &new).await.unwrap();
    assert!(matches!(wrong, LoginOutcome::Wrong));
    let changed = accounts.change_password(&as_ana, &Password::typed(PASSWORD), &new).await.unwrap();
    let LoginOutcome::In(fresh) = changed else { panic!("{changed:?}") };
    let known = async |token| accounts.caller_of_cookie(minute(3), &cookie(token)).await.unwrap().principal;
    assert_eq!(known(&session.token).await, Principal::Nobody);
    assert_eq!(known(&fresh.token).await, session.caller.principal);
    assert_eq!(log_in(&accounts, 3, "ana", PASSWORD).await, "wrong");
    assert_eq!(log_in(&accounts, 3, "ana", "another horse, another battery").await, "in");
    assert!(accounts.change_password(&local(3), &new, &new).await.is_err());
}

pub(crate) async fn keys_open_what_they_are_for_until_revoked(place: Place) {
    let accounts = place.accounts().await;
    let new = |scopes: &str, expires| NewKey {
        label: "onboarding".to_owned(),
        scopes: Scopes::from_words(scopes).unwrap(),
        expires,
        rate_limit: NonZeroU32::new(50),
    };
    let (key, shown) = accounts.add_key(&local(0), new("screen read", Some(minute(60)))).await.unwrap();
    assert!(shown.reveal().contains(key.id.as_str()));
    let header = format!("Bearer {}", shown.reveal());
    let caller = accounts.caller_of_key(minute(1), &header).await.unwrap();
    assert_eq!(caller.principal, Principal::Key(key.id.clone()));
    assert_eq!((caller.scopes.to_string().as_str(), caller.rate_limit), ("read screen", NonZeroU32::new(50)));
    assert!(caller.need(Scope::Screen).is_ok() && caller.need(Scope::Keys).is_err());
    assert!(caller.check_csrf(None).is_ok());
    // Expired, unknown, changed.
    for (at, sent) in
        [(60, header.clone()), (1, "Bearer x".to_owned()), (1, header.replace('_', "-")), (1, String::new())]
    {
        assert_eq!(accounts.caller_of_key(minute(at), &sent).await.unwrap(), Caller::nobody(), "{sent}");
    }
    accounts.revoke_key(&local(2), key.id.as_str()).await.unwrap();
    accounts.revoke_key(&local(2), key.id.as_str()).await.unwrap();
    assert_eq!(accounts.caller_of_key(minute(3), &header).await.unwrap(), Caller::nobody());
    let keys = accounts.keys(&local(3)).await.unwrap();
    assert_eq!(keys.len(), 1);
    assert_eq!(keys[0].revoked, Some(minute(2)));
    assert_eq!(keys[0].created_by, "local");
    // Keys that cannot be.
    let no_label = NewKey { label: " ".to_owned(), ..new("read", None) };
    for (field, wrong) in
        [("scopes", new("", None)), ("expires", new("read", Some(minute(0)))), ("label", no_label)]
    {
        let refused = accounts.add_key(&local(1), wrong).await.map(|_| ());
        assert!(
            matches!(&refused, Err(CommandError::Invalid { field: named, .. }) if *named == field),
            "{refused:?}"
        );
    }
    let unknown = accounts.revoke_key(&local(2), "00000000").await;
    assert!(matches!(unknown, Err(CommandError::NotFound { .. })));
}

pub(crate) async fn identity_providers_vouch_for_tied_users(place: Place) {
    let accounts = place.accounts().await;
    for name in ["ana", "bo"] {
        accounts.add_user(&local(0), name, Role::Analyst).await.unwrap();
    }
    let external = "https://id.example 4711";
    assert!(accounts.log_in_external(&nobody(1), external).await.unwrap().is_none());
    accounts.set_external(&local(1), "ana", Some(external.to_owned())).await.unwrap();
    let session = accounts.log_in_external(&nobody(2), external).await.unwrap().unwrap();
    assert_eq!(session.caller.principal.to_string(), "user:ana");
    accounts.set_disabled(&local(3), "ana", true).await.unwrap();
    assert!(accounts.log_in_external(&nobody(3), external).await.unwrap().is_none());
    assert!(accounts.log_in_external(&nobody(3), "").await.unwrap().is_none());
}

pub(crate) async fn what_is_swept_no_longer_counts(place: Place) {
    let accounts = place.accounts().await;
    with_password(&accounts, "ana", Role::Viewer).await;
    let outcome = accounts.log_in(&nobody(0), "ana", &Password::typed(PASSWORD)).await.unwrap();
    let LoginOutcome::In(session) = outcome else { panic!("{outcome:?}") };
    accounts.sweep(minute(60)).await.unwrap();
    let cookie = cookie(&session.token);
    assert_ne!(accounts.caller_of_cookie(minute(1), &cookie).await.unwrap(), Caller::nobody());
    accounts.sweep(minute(24 * 60)).await.unwrap();
    assert_eq!(accounts.caller_of_cookie(minute(1), &cookie).await.unwrap(), Caller::nobody());
}
