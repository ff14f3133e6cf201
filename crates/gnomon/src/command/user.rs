use std::io::BufRead;

use anyhow::Context;
use gnomon_app::NewUser;

use crate::{cli::User, deployment::Deployment, output::Listing};

/// `gnomon user`.
pub async fn user(deployment: &Deployment, order: &User) -> anyhow::Result<()> {
    let actor = deployment.actor();
    match order {
        User::Add { login, name, role, department } => {
            let new = NewUser {
                login: login.clone(),
                name: name.clone(),
                role: *role,
                department: department.clone(),
                password: password()?,
            };
            let user = deployment.app.add_user(&actor, &new).await?;
            eprintln!("added {} ({})", user.login, user.role);
        }
        User::List => {
            let mut list = Listing::new(&["login", "name", "role", "id", "created", "department"]);
            for user in deployment.app.users(&actor).await? {
                let created = user.created_at.to_rfc3339();
                list.push(vec![
                    user.login.into(),
                    user.name.into(),
                    user.role.as_str().into(),
                    user.id.as_str().into(),
                    created.into(),
                    user.department.into(),
                ]);
            }
            list.print(deployment.global.format)?;
        }
        User::Password { login } => {
            deployment.app.set_password(&actor, login, &password()?).await?;
            eprintln!("the password of {login} is set; open sessions have ended");
        }
    }
    Ok(())
}

/// One line of standard input.
fn password() -> anyhow::Result<String> {
    eprintln!("password (one line on standard input):");
    let mut line = String::new();
    std::io::stdin().lock().read_line(&mut line).context("reading the password")?;
    Ok(line.trim_end_matches(['\r', '\n']).to_owned())
}
